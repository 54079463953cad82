"""Builds a graph from the sample articles in memory, asks it a question, and writes it as Turtle."""

import sys
from pathlib import Path

import kg

ARTICLES = Path(__file__).parents[1] / "data" / "articles"


def main(output: str = "graph.ttl") -> None:
    with kg.open_store() as store:
        report = kg.build(kg.read([ARTICLES]), store)
        print(f"{report.written} articles, {report.claims} claims, {report.events} events")
        answer = store.query(
            """
            SELECT ?speaker (COUNT(?claim) AS ?claims) {
              GRAPH ?article { ?claim a kg:Claim ; kg:source ?who . ?who rdfs:label ?speaker }
              ?who a kg:Actor
            } GROUP BY ?speaker ORDER BY DESC(?claims) ?speaker LIMIT 5
            """
        )
        for speaker, claims in answer:
            print(f"{claims:3} {speaker}")
        kg.export(store, output)
        print(f"wrote {output}")


if __name__ == "__main__":
    main(*sys.argv[1:])
