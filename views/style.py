"""The few rules of style that the theme cannot say: density, the strip of totals, legends."""

from __future__ import annotations

import streamlit as st

CSS = """
<style>
.block-container, [data-testid="stMainBlockContainer"] { padding: 4.2rem 1.6rem 2rem; max-width: none; }
[data-testid="stSidebarHeader"] { height: 2.6rem; padding-bottom: 0; margin-bottom: 0; }
[data-testid="stSidebarUserContent"] { padding: 0 0 2rem; }
[data-testid="stDateInput"] [role="group"] { padding-left: 0.1rem; font-size: 0.9rem; }
.brand {
  font-size: 1.25rem;
  font-weight: 700;
  letter-spacing: 0.01em;
  margin: -0.4rem 0 -0.2rem;
}
.brand span {
  font-size: 0.82rem;
  font-weight: 400;
  opacity: 0.7;
  display: block;
  letter-spacing: 0;
}
@media (max-width: 640px) {
  .block-container, [data-testid="stMainBlockContainer"] { padding: 4.2rem 0.9rem 2rem; }
}
.totals {
  display: flex;
  flex-wrap: wrap;
  gap: 0.15rem 1.4rem;
  font-size: 0.9rem;
  opacity: 0.92;
}
.totals b { font-size: 1.05rem; font-variant-numeric: tabular-nums; }
.totals span[title] { cursor: help; }
.legend {
  display: flex;
  flex-wrap: wrap;
  gap: 0.1rem 1rem;
  font-size: 0.8rem;
  opacity: 0.85;
  align-items: center;
}
.legend span { display: inline-flex; align-items: center; gap: 0.35rem; }
.legend i {
  display: inline-block;
  width: 0.75rem;
  height: 0.75rem;
  border-radius: 2px;
}
.legend i.line { width: 1.5rem; height: 4px; }
.legend i.wide { width: 1.5rem; opacity: 0.35; }
.legend i.dashed { width: 1.5rem; height: 0; border-top: 2px dashed; }
.legend i.disc { border-radius: 50%; }
.legend i.hollow { border: 1.5px solid; }
.legend mark {
  color: inherit;
  background: none;
  border-radius: 3px;
  padding: 0 0.2em;
}
.legend-source {
  background: color-mix(in srgb, #2f78bd 24%, transparent) !important;
  border-bottom: 2px solid #2f78bd;
}
.legend-target {
  background: color-mix(in srgb, #d99a2b 26%, transparent) !important;
  border-bottom: 2px solid #d99a2b;
}
.legend-act {
  background: color-mix(in srgb, currentColor 14%, transparent) !important;
  font-weight: 650;
}
.legend-claimant {
  border-bottom: 2px dotted #8e6bbf;
  background: color-mix(in srgb, #8e6bbf 16%, transparent) !important;
}
.legend-date { border-bottom: 2px dashed #2a9d8f; }
.legend-place {
  border-bottom: 2px solid #2a9d8f;
  background: color-mix(in srgb, #2a9d8f 16%, transparent) !important;
}
.st-key-chips button { min-height: 1.9rem; padding: 0.05rem 0.6rem; font-size: 0.85rem; }
[data-testid="stVerticalBlock"] { gap: 0.7rem; }
</style>
"""


def apply() -> None:
    """Add the rules to the page."""
    st.html(CSS)
