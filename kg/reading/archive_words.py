"""What news archives print around articles, in the languages of their screens.

An archive labels English articles in the language of whoever exports them.
"""

import re

from kg.english.time_words import MONTHS
from kg.reading.article import day

LABELS = {
    "section": "Section|Rubrik|Ressort|Rubrique|Sección|Sezione|Seção|Rubriek",
    "length": "Length|Länge|Longueur|Longitud|Extensión|Lunghezza|Comprimento|Extensão|Lengte",
    "byline": "Byline|Autor|Verfasser|Auteur|Autore",
    "body": "Body|Textkörper|Haupttext|Corps(?: du texte)?|Cuerpo(?: del texto)?|Corpo(?: del testo)?|"
    "Hoofdtekst",
    "end": "End of Document|Ende des Dokuments|Fin du document|Fin del documento|Fine del documento|"
    "Fim do documento|Einde van (?:het )?document",
    "load": "Load-Date|Ladedatum|Date de chargement|Fecha de carga|Data di caricamento|"
    "Data de carregamento|Laaddatum",
    "classification": "Classification|Klassifizierung|Clasificación|Classificazione|Classificação|"
    "Classificatie",
    "graphic": "Graphic|Grafik|Graphique|Gráfico|Grafico|Grafiek",
    "language": "Language|Sprache|Langue|Idioma|Lingua|Língua|Taal",
    "publication": "Publication-Type|Publikationstyp|Type de publication|Tipo de publicación|"
    "Tipo di pubblicazione|Tipo de publicação|Publicatietype",
    "rights": "All rights reserved|Alle Rechte vorbehalten|Tous droits réservés|"
    "(?:Reservados )?todos los derechos(?: reservados)?|Tutti i diritti riservati|"
    "Todos os direitos reservados|Alle rechten voorbehouden",
    "title": "Title|Titel|Titre|Título|Titolo",
    "publication title": "Publication title|Titel der Publikation|Titre de la publication|"
    "Título de (?:la )?publicación|Titolo della pubblicazione",
    "publication date": "Publication date|Publikationsdatum|Date de publication|Fecha de publicación|"
    "Data di pubblicazione",
    "publication info": "Publication info|Publikationsinfo|Informations de publication|"
    "Información de publicación|Informazioni sulla pubblicazione",
    "full text": "Full text|Volltext|Texte intégral|Texto completo|Testo completo",
    "subject": "Subject|Thema|Sujet|Materia|Soggetto",
    "words": "words|Wörter|mots|palabras|parole|palavras|woorden",
    "page": "Page|Seite|Página|Pagina",
    "of": "of|von|de|di|van|sur",
    "documents": "documents|Dokumenten?|documentos|documenti|documenten",
}
_ELSEWHERE = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
)
_NUMBER = {name.lower(): n for names in _ELSEWHERE for n, name in enumerate(names.split(), start=1)}
_MONTH = rf"(?:{'|'.join(month.title() for month in MONTHS)}|[A-Z][a-z]{{2}}\.?)"
_DATE = re.compile(rf"\b(?:{_MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}}|{_MONTH},? \d{{4}})\b")
_ELSEWHERE_DATE = re.compile(rf"(?i)\b(\d{{1,2}})\.? (?:de )?({'|'.join(_NUMBER)}) (?:de )?(\d{{4}})\b")
_WEEKDAY = re.compile(r"\A[^\W\d]+,? ")


def any_of(*names: str) -> str:
    """A pattern of what stands for these, in any language."""
    return "|".join(LABELS[name] for name in names)


def date(line: str) -> str:
    """The ISO date in a line, or nothing.

    >>> date("June 5, 2025 Thursday 6:43 PM GMT"), date("Donnerstag 5. Juni 2025"), date("3 de marzo de 2024")
    ('2025-06-05', '2025-06-05', '2024-03-03')
    """
    if elsewhere := _ELSEWHERE_DATE.search(line):
        number, month, year = elsewhere.groups()
        return day(f"{year}-{_NUMBER[month.lower()]:02}-{int(number):02}")
    found = _DATE.search(line)
    return day(found[0].replace(".", "")) if found else ""


def begins_with_date(line: str) -> bool:
    """Whether a line begins with a date, or a weekday before one."""
    rest = _WEEKDAY.sub("", line)
    return any(pattern.match(text) for pattern in (_DATE, _ELSEWHERE_DATE) for text in (line, rest))
