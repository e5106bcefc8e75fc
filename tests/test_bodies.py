"""Whole texts that are all body, alone and with a site's lines around them: nothing of them may go."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleantext import clean

BODIES = sorted((Path(__file__).parent / "bodies").glob("*.txt"))
HEADS = {
    "": "",
    "menu": "Skip to main content\nHome\nNews\nSport\n\n",
    "newsletter": "Skip to main content\n\nSign up for our newsletter\nEnter your email\n\n",
}
FEET = {
    "": "",
    "related": "\n\nShare this article\nFacebook\nTwitter\n\nSimilar posts\nTen bridges worth a detour\n"
    "Why the Tarn floods in May\n\n© 2026 Tidewire Media. All rights reserved.\nPrivacy policy\n",
    "comments": "\n\n2 comments\nPim Oss\n3 March 2026 at 10:12\nNine years! I had stopped hoping.\nReply\nWyn Ode\n"
    "3 March 2026 at 11:40\nThe ribbon was my idea, by the way.\nReply\n\nLeave a Reply\n"
    "Your email address will not be published.\n",
    "cookies": "\n\nWe use cookies to improve your experience on our website.\nAccept all\n",
    "newsletter": "\n\nSign up for our newsletter\n",
    "copyright": "\n\n© 2026 Tidewire Media\n",
}
# Lines of a body that are the site's, strictly speaking.
MAY_GO = {
    "answers": {"Reply"},
    "copyright-poem": {"© 2026 Ida Roe"},
    "press-release": {"Follow us", "Twitter", "LinkedIn"},
    "privacy-policy": {"All rights reserved."},
}
XFAIL = {
    "course": "a list headed “Topics” as the last of the body looks like the tags of a page",
    "release-notes": "names of a site's controls in a list stand just as the controls do",
    "song": "a refrain of one menu word, last of the body, looks like a menu",
    "style-guide": "names of a site's controls in a list stand just as the controls do",
}


@pytest.mark.parametrize("path", BODIES, ids=lambda p: p.stem)
def test_nothing_of_a_body_goes(path: Path, request: pytest.FixtureRequest) -> None:
    if path.stem in XFAIL:
        request.applymarker(pytest.mark.xfail(reason=XFAIL[path.stem], strict=True))
    body = path.read_text(encoding="utf-8").strip("\n")
    for head in HEADS.values():
        for foot in FEET.values():
            result = clean(head + body + foot)
            gone: set[str] = set()
            for span in result.removed:
                inside = result.source[max(span.start, len(head)) : min(span.end, len(head) + len(body))]
                gone.update(inside.strip().split("\n"))
            assert gone - {""} <= MAY_GO.get(path.stem, set())
