"""stub"""
from onrecord.briefing.view import Brief
def render_markdown(brief: Brief) -> str:
    return ""
