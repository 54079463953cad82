"""Who is who: tables of known actors, mentions linked to them as judgements, coreference, places."""
