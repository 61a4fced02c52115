"""`python -m mykyivstar …` is the same as `mykyivstar …`."""

from mykyivstar.cli import main

if __name__ == "__main__":
    main()
