"""Articles that every way to the archive is tried on."""

from __future__ import annotations

from datetime import date

from rag.types import Article

TEXT = "Der Leuchtturm auf Sandholm wurde 1912 gebaut. Er steht auf dem Kliff."
QUESTION = "Wann wurde der Leuchtturm auf Sandholm gebaut?"
TOWER = Article("turm", TEXT, "Turm", "https://beispiel.example/turm", "Beispiel-Zeitung", date(2022, 7, 29), "de")
ARTICLES = (
    TOWER,
    Article(
        *("licht", "1913 brannte das Licht im Leuchtturm auf Sandholm zum ersten Mal.", "Das Licht"),
        *(None, "Der Küstenbote", date(2023, 1, 2), "de"),
    ),
    Article("brot", "Die Bäckerei auf Sandholm verkauft Brot. Gebaut wurde sie 1950.", language="de"),
    Article("lamp", "The lamp of the lighthouse on Sandholm was lit in 1913.", "The lamp", language="en"),
)
