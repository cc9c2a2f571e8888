"""What may be written from the browser: a correction, an article. Off where many people share one server.

`DRAMATIS_CORRECTIONS` and `DRAMATIS_IMPORT` say `on` or `off`. Where they say nothing, both are on as long as
the server can only be reached from its own machine (`server.address`), and off otherwise.
"""

from __future__ import annotations

import os

import streamlit as st

CORRECTIONS, IMPORT = "DRAMATIS_CORRECTIONS", "DRAMATIS_IMPORT"
OWN_MACHINE = ("127.0.0.1", "localhost", "::1")


def is_on(name: str) -> bool:
    """Whether the switch of that name is on. Any word but `on` is off."""
    word = os.environ.get(name, "").strip().lower()
    return word == "on" if word else st.get_option("server.address") in OWN_MACHINE


def refusal(name: str, what: str) -> str:
    """One sentence for those who meet a switch that is off; `what` is what they cannot do."""
    return f"{what} is switched off on this server. Whoever runs it can switch it on with {name}=on."
