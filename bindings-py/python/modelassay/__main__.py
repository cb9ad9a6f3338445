"""`python -m modelassay`."""

import sys

from modelassay._cli import main

sys.exit(main())
