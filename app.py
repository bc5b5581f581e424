"""The web chat: settings -> archive -> seeds on the first start -> serve."""

from __future__ import annotations

import sys
from pathlib import Path

from rag.archive import Archive
from rag.errors import BelegError
from rag.settings import Settings
from rag.web.serve import serve

SEEDS = Path(__file__).parent / "seeds"


def main() -> int:
    """Serves the archive that the settings name. An empty one is given the sample articles first."""
    try:
        settings = Settings()
        with Archive.open(settings=settings) as archive:
            if archive.status().articles == 0:
                report = archive.ingest(SEEDS, progress=True)
                sys.stderr.write(f"Took in {len(report.added)} sample articles from {SEEDS.name}/.\n")
            serve(archive, settings)
    except BelegError as error:
        sys.stderr.write(f"beleg: {error}\n")
        return 1
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
