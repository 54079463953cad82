"""Coded events: what claims say was done, in PLOVER and CAMEO.

types          types, modes, contexts and codes, read from data/events/; `skos` writes them as SKOS
senses         which type a claim gives by the rules; `features` is what rules look at in it
acts           which words tell an act, by rule or by the language model
realis         what an act comes to: promised, asked for, to come, not done
coordination   coordinated claims, and how they lie in the text
cast           who and what is in a text; `candidates` those whom a phrase names
standing       what speaks for somebody as a side of an act; `parties` chooses
homes          where those belong who have no country of their own; `unidentified` who did it unseen
scenes, days   where and when; `contexts` what else the text is about
evidence       what speaks for a possible event; `judge` weighs it
coder          claims → events
own_types      a user's own types, by a table
stories        one event, many reports
"""
