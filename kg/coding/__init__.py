"""Coded events: what claims say was done, in PLOVER and CAMEO.

tables     the ontology's types, modes, contexts and codes, read from data/events/
rules      which type a claim's relation, object and nested statement give
features   what rules look at in a claim
readings   what a rule's type comes to: promised, asked for, to come, not done
who        the actors and the recipients
coding     claims → events
clusters   one event, many reports
ontology   the tables as SKOS
gold       scores against PLOVER's gold standard records
"""
