"""The dossier: letters with notes and citations, commitments, measures, events."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self, get_args

from pydantic import Field, model_validator

from thuis.contract.base import Number, Record, Said, Text, Unique

UNSAID = "nl"
"""The language of a letter that does not tell its own: letters to Parliament are Dutch."""

State = Literal["open", "partly-met", "met", "lapsed"]
MeasureKind = Literal["measure", "programme", "body", "grant"]
STATES: tuple[State, ...] = get_args(State)


class Span(Record):
    """Characters of a text that mean something."""

    start: int
    """first character (code point) of the text"""
    end: int
    """the one after the last"""
    kind: Literal["citation", "note", "commitment", "measure"]
    """`citation`, `note`, `commitment` or `measure`"""
    ref: str
    """an id in the list of that name"""


class Marked(Record):
    """A text with spans that nest or stand apart; they never cross."""

    if TYPE_CHECKING:  # declared below, each in the order in which it is written
        text: str
        spans: tuple[Span, ...]

    @model_validator(mode="after")
    def _nested(self) -> Self:
        ends: list[int] = []
        size = len(self.text)
        for span in self.opened:
            if not 0 <= span.start < span.end <= size:
                raise ValueError(f"the span {span.start}–{span.end} is outside its {size} characters")
            while ends and ends[-1] <= span.start:
                ends.pop()
            if ends and ends[-1] < span.end:
                raise ValueError(f"the span {span.start}–{span.end} crosses another")
            ends.append(span.end)
        return self

    @cached_property
    def opened(self) -> tuple[Span, ...]:
        """The spans in the order they open; the longer of two that open together is outside."""
        return tuple(sorted(self.spans, key=lambda span: (span.start, -span.end)))


class Block(Marked):
    """A heading, paragraph, list item or quotation of a letter."""

    id: str
    """id of the block, also its anchor"""
    kind: Literal["heading", "paragraph", "item", "quote"]
    """`heading`, `paragraph`, `item` or `quote`"""
    text: str
    """its text"""
    page: int | None = None
    """its page in the letter"""
    spans: tuple[Span, ...] = ()
    """parts of the text that mean something: `start`, `end`, `kind`, `ref`"""
    level: int | None = None
    """the level of a heading"""
    source: tuple[int, int] | None = None
    """first and last character in the text of the document"""


class Note(Marked):
    """A note at the foot of a letter's page."""

    id: str
    """id of the note"""
    number: str
    """its number"""
    text: str
    """its text"""
    spans: tuple[Span, ...] = ()
    """as in a block"""
    problem: Said | None = None
    """what is wrong with it"""
    source: tuple[int, int] | None = None
    """as in a block"""


class Alternative(Record):
    """Another document that a citation may mean."""

    canonical: str
    """id of the document"""
    url: str | None = None
    """its address"""
    why: Said | None = None
    """why it may be meant"""


class Citation(Record):
    """What a citation means, how sure that is, and what a check found."""

    id: str
    """id of the citation"""
    canonical: str
    """id of the document it means"""
    kind: str = ""
    """the kind of document"""
    title: Said | None = None
    """its title"""
    url: str | None = None
    """its address"""
    confidence: Literal["certain", "likely", "candidate"] | None = None
    """`certain`, `likely` or `candidate`"""
    alternatives: tuple[Alternative, ...] = ()
    """`canonical`, `url` and `why` of what it may mean as well"""
    problems: tuple[Said, ...] = ()
    """what the check found"""
    source: tuple[int, int] | None = None
    """as in a block"""


class Remark(Record):
    """Something about the reading of a letter that a reader should know."""

    kind: str
    """what kind of remark"""
    text: Text
    """the remark"""
    block: str | None = None
    """id of the block it is about"""


class Letter(Unique):
    """A letter as blocks."""

    unique = ("blocks",)
    id: str
    """id of the letter"""
    title: str
    """its title"""
    language: str = UNSAID
    """its language"""
    date: str | None = None
    """its day"""
    reference: str | None = None
    """the sender's reference"""
    sender: str | None = None
    """who wrote it"""
    addressee: str | None = None
    """to whom"""
    subject: str | None = None
    """its subject"""
    dossier: str | None = None
    """number of the parliamentary dossier"""
    number: str | None = None
    """its number in that dossier"""
    url: str | None = None
    """its address"""
    summary: Said | None = None
    """what it says, in short"""
    blocks: tuple[Block, ...]
    """its text, block by block"""
    notes: tuple[Note, ...] = ()
    """its notes"""
    citations: tuple[Citation, ...] = ()
    """its citations"""
    report: tuple[Remark, ...] = ()
    """`kind`, `text` and `block` of what could not be read"""
    downloads: tuple[str, ...] = ()
    """paths inside the data folder"""


class Proof(Record):
    """Where a sentence stands; empty when nobody wrote that down."""

    letter: str | None = None
    """id of the letter"""
    block: str | None = None
    """id of the block"""
    sentence: str | None = None
    """the sentence"""
    note: str | None = None
    """id of the note, when it stands in one"""
    url: str | None = None
    """an address outside"""


class Fulfilment(Record):
    """The document that fulfilled a commitment."""

    title: Said
    """the document"""
    url: str | None = None
    """its address"""
    date: str | None = None
    """its day"""


class Commitment(Record):
    """A promise to Parliament with its state and the sentence that proves it."""

    id: str
    """id of the commitment"""
    text: str
    """what was promised"""
    kind: str | None = None
    """`new`, `repeated`, `conditional`, `by-reference`, `request`, `refused` or `intention`"""
    status: State
    """`open`, `met`, `partly-met` or `lapsed` (Openstaand, Voldaan, Deels Voldaan, Vervallen)"""
    promise: bool = True
    """whether it is a promise; an intention stands beside them and counts in no state"""
    who: str | None = None
    """who promised"""
    to: str | None = None
    """to whom"""
    date: str | None = None
    """when"""
    debate: str | None = None
    """in which debate"""
    due: str | None = None
    """by when"""
    term: str | None = None
    """the term as it was said"""
    overdue: bool = False
    """whether it was late on the day of this version"""
    themes: tuple[str, ...] = ()
    """ids of themes"""
    proof: Proof = Field(default_factory=Proof)
    """where it was said: `letter`, `block`, `sentence`, `note`, `url`"""
    fulfilled_by: Fulfilment | None = None
    """`title`, `url` and `date` of the document that fulfilled it"""
    note: Said | None = None
    """a remark"""


class Measure(Record):
    """A measure, programme, body or grant."""

    id: str
    """id of the measure"""
    title: Said
    """its name"""
    kind: MeasureKind
    """`measure`, `programme`, `body` or `grant`"""
    text: Said | None = None
    """what it is"""
    body: Said | None = None
    """who carries it out"""
    themes: tuple[str, ...] = ()
    """ids of themes"""
    indicators: tuple[str, ...] = ()
    """ids of indicators"""
    proof: Proof = Field(default_factory=Proof)
    """as in a commitment"""
    amount: Number | str | None = None
    """euros"""
    year: int | None = None
    """year it began"""
    url: str | None = None
    """its address"""


class Edge(Record):
    """What one thing has to do with another."""

    id: str | None = None
    """id of the edge"""
    start: str = Field(alias="from")
    """id of a measure, letter or document"""
    type: str
    """how they are related"""
    end: str = Field(alias="to")
    """id of another"""
    review: str | None = None
    """whether a person agreed: `accepted` or `proposed`"""
    proof: Proof = Field(default_factory=Proof)
    """as in a commitment"""


class Link(Record):
    """Where an event leads to."""

    letter: str | None = None
    """id of a letter"""
    block: str | None = None
    """id of a block in it"""
    commitment: str | None = None
    """id of a commitment"""
    measure: str | None = None
    """id of a measure"""
    indicator: str | None = None
    """id of an indicator"""
    url: str | None = None
    """an address outside"""


class Event(Record):
    """Something on the timeline."""

    date: str
    """its day, month or year"""
    kind: Literal["survey", "letter", "debate", "commitment", "measure", "outcome"]
    """`survey`, `letter`, `debate`, `commitment`, `measure` or `outcome`"""
    title: Said
    """what happened"""
    text: Said | None = None
    """more about it"""
    link: Link = Field(default_factory=Link)
    """one of `letter` (with `block`), `commitment`, `measure`, `indicator` or `url`"""


class Counts(Record):
    """How many promises are in each state."""

    open: int = 0
    """nothing was done yet"""
    partly_met: int = 0
    """fulfilled in part"""
    met: int = 0
    """fulfilled"""
    lapsed: int = 0
    """no longer asked for"""
    overdue: int = 0
    """of the open and partly met, those whose term had passed"""
    aside: int = 0
    """intentions, requests and refusals: no promises"""

    def of(self, state: State) -> int:
        """The count of a state."""
        return {"open": self.open, "partly-met": self.partly_met, "met": self.met, "lapsed": self.lapsed}[
            state
        ]


class Reading(Record):
    """How completely promises are read from letters, measured on sentences the rules were not made on."""

    recall: float
    """of the new promises that are there, the share found, 0-1"""
    precision: float
    """of what was taken for a new promise, the share that is one, 0-1"""
    sentences: int
    """how many sentences it was measured on"""


class Dossier(Unique):
    """``dossier.json``."""

    unique = ("letters", "commitments", "measures")
    letters: tuple[Letter, ...] = ()
    """the letters"""
    commitments: tuple[Commitment, ...] = ()
    """the ledger"""
    measures: tuple[Measure, ...] = ()
    """what is done"""
    edges: tuple[Edge, ...] = ()
    """what has to do with what"""
    events: tuple[Event, ...] = ()
    """the timeline"""
    downloads: tuple[str, ...] = ()
    """paths inside the data folder"""
    counts: Counts | None = None
    """the promises by state"""
    reading: Reading | None = None
    """how completely promises were read"""

    @property
    def empty(self) -> bool:
        """Whether there is no letter, commitment, measure or event."""
        return not (self.letters or self.commitments or self.measures or self.events)
