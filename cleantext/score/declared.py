"""What a page declares itself to be, and to say: schema.org types, og:type, its generator, the body in its JSON-LD."""

from __future__ import annotations

import json
import re

from cleantext.page import Facts

# What pages declare themselves to be: schema.org types, og:type, the software that made them.
DECLARED = {
    "article": "article newsarticle blogposting reportagenewsarticle techarticle scholarlyarticle",
    "product": "product productgroup offer aggregateoffer",
    "collection": "collectionpage itemlist searchresultspage offercatalog",
    "forum": "discussionforumposting qapage question answer",
    "faq": "faqpage",
    "recipe": "recipe howto",
    "local": "localbusiness organization service professionalservice",
    "webpage": "webpage website",
    "video": "videoobject",
    "event": "event",
    "breadcrumb": "breadcrumblist",
}
_TYPE_SETS = {name: frozenset(types.split()) for name, types in DECLARED.items()}
OG_TYPES = {"article": 1, "website": 2, "product": 3, "product.item": 3, "og:product": 3, "blog": 4, "profile": 5}
GENERATORS = (
    "wordpress elementor drupal joomla discourse shopify wix squarespace docusaurus sphinx hugo jekyll mediawiki phpbb "
    "vbulletin xenforo blogger ghost webflow woocommerce typo3 next.js gatsby mkdocs hubspot"
).split()
_TYPE = re.compile(r'"@type"\s*+:\s*+\[?+\s*+"([A-Za-z]+)"')
# Taken out as it stands: to read all of the JSON for it costs many times as much.
_BODY = re.compile(r'"articleBody"\s*+:\s*+"((?:[^"\\]|\\.)*+)"', re.DOTALL)
DECLARATIONS = (*(f"ld_{name}" for name in DECLARED), "ld_any", "og_type", "generator")


def declarations(said: Facts) -> list[float]:
    """What the page says of itself, a number for each of `DECLARATIONS`."""
    declared = {t.lower() for text in said.json_ld for t in _TYPE.findall(text)}
    generator = said.metas.get("generator", "").lower()
    return [
        *(float(not declared.isdisjoint(types)) for types in _TYPE_SETS.values()),
        float(bool(declared)),
        float(OG_TYPES.get(said.metas.get("og:type", "").lower(), 0)),
        float(next((i for i, g in enumerate(GENERATORS, 1) if g in generator), 0)) if generator else 0.0,
    ]


def article_body(said: Facts) -> str:
    """The body texts that JSON-LD names."""
    return "\n".join(_unescaped(body) for text in said.json_ld for body in _BODY.findall(text))


def _unescaped(text: str) -> str:
    """What stands in a JSON string; as it is if it is broken."""
    if "\\" not in text:
        return text
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text
