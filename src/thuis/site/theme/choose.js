/* The page at the root: to the browser's first language that the site has. Without script the reader chooses. */
(() => {
  const pages = new Map([...document.querySelectorAll("link[hreflang]")].map((each) => [each.hreflang, each.href]));
  const wanted = (navigator.languages ?? [navigator.language]).map((each) => each.toLowerCase());
  const found = wanted.flatMap((each) => [each, each.split("-")[0]]).find((each) => pages.has(each));
  if (found) location.replace(location.protocol === "file:" ? `${pages.get(found)}index.html` : pages.get(found));
})();
