"""Coded events: what claims say was done, in PLOVER and CAMEO.

tables     the ontology's types, modes, contexts and codes, read from data/events/
rules      which type a claim's relation, object and nested statement give
features   what rules look at in a claim
readings   what a rule's type comes to: promised, asked for, to come, not done
groups     coordinated claims, and how they lie in the text
who        the actors of a statement's phrases
parties    who acts, to whom it is done, where they belong
coding     claims → events
own types  a user's own, by a table
clusters   one event, many reports
ontology   the tables as SKOS
gold       scores against PLOVER's gold standard records
"""
