"""Prints what somebody denies in a text, and who says so: negated claims that have a speaker."""

import kg

TEXT = """Khartoum said on Monday that its army had left the port. The rebels denied that any soldier
had left. "Nobody has gone," their spokesman said. Residents reported that shops were open."""

for claim in kg.extract(TEXT):
    if claim.speaker is not None:
        verdict = "is not so" if claim.polarity == "negated" else "is so"
        print(f"{claim.speaker.text}: {claim.evidence.text!r} {verdict} ({claim.cue})")
