"""The optional files of the data folder as values: findings, flows, maps, the vocabulary and the dossier."""
