"""`python -m tests.google_emulator --port 8790 [--no-auth]`: the emulator until it is stopped."""

import argparse

from tests.google_emulator.server import serving
from tests.google_emulator.world import World


def main() -> None:
    parser = argparse.ArgumentParser(prog="google_emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=8790)
    parser.add_argument("--no-auth", action="store_true", help="answer without a token too")
    options = parser.parse_args()
    with serving(World(auth=not options.no_auth), options.port) as server:
        print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
