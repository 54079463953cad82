"""Who is who: every mention of an actor in a document, judged, with its reason. One way, left to right:

mentions    names found in each sentence (trie, names, spotting, unlabelled, acronyms), held by `context`
names       of countries, localities, organisations, persons, as `kinds` tells them apart (`linking`)
nouns       titles, generic nouns and groups say more of them (`common_nouns`)
pronouns    and what stands for a name before it (`pronouns/`)
judgements  what people decided about who is who, over all of it
"""
