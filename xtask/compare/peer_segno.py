"""segno: a code as SVG and as PNG, as its documentation shows them; ten pixels a module, of which ours has as many."""

import io
import os

import segno
from serve import serve

URL = os.environ["WX_URL"]


def draw(kind):
    code = segno.make(URL, error="m", boost_error=False, micro=False)
    out = io.BytesIO()
    code.save(out, kind=kind, scale=10)
    return code, out.getvalue()


for kind, start in (("svg", b"<?xml"), ("png", b"\x89PNG")):
    code, picture = draw(kind)
    assert (code.version, code.error, code.symbol_size()) == (4, "M", (41, 41))
    assert picture.startswith(start)
serve("segno", segno.__version__, {"svg": lambda _: draw("svg"), "png": lambda _: draw("png")})
