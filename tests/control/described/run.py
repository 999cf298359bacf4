"""Asks a Maxis everything that its description describes, with generated questions: the control API, each with a pass of its own, or
the admin panel, as a page of a session.

Environment: BASE (the address), GUILD, EXAMPLES (questions for each route); KEY (the shared key) and PERSON (an operator) for the
control API; COOKIE and CSRF (of an operator's session) for the panel. Ends with 1 where an answer is a 5xx, or one that the
description doesn't have.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import sys
import time
from urllib.parse import urlsplit

import hypothesis
import requests
import schemathesis
from schemathesis import checks

BASE, GUILD = os.environ["BASE"], os.environ["GUILD"]
KEY = os.environ.get("KEY", "").encode()
COOKIE = os.environ.get("COOKIE")
# Streams go on for minutes and have tests of their own; the session has to last.
LEFT_OUT = ("/api/events", "/stream", "/sign-out")


def part(value):
    raw = value if isinstance(value, bytes) else json.dumps(value, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def signed(request):
    """Puts the pass into a request as it leaves (see `control::pass`)."""
    address = urlsplit(request.url)
    path = address.path + (f"?{address.query}" if address.query else "")
    body = request.body or b""
    body = body.encode() if isinstance(body, str) else body
    now = int(time.time())
    claims = {
        "iss": "shellia", "aud": "maxis", "sub": os.environ["PERSON"], "guild": GUILD, "iat": now, "exp": now + 60,
        "jti": secrets.token_hex(16), "htm": request.method, "htu": path, "body": hashlib.sha256(body).hexdigest(),
    }
    signed_part = part({"typ": "JWT", "alg": "HS256"}) + b"." + part(claims)
    mac = part(hmac.new(KEY, signed_part, hashlib.sha256).digest())
    request.headers["Authorization"] = "Bearer " + (signed_part + b"." + mac).decode()
    return request


class Page(requests.adapters.HTTPAdapter):
    """A page of the session, from another address of this machine for each route: a network may ask so often in a minute."""

    def __init__(self, nth):
        self.nth = nth
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, source_address=(f"127.2.{self.nth // 250}.{self.nth % 250 + 1}", 0), **kwargs)

    def add_headers(self, request, **kwargs):
        request.headers.update({"Cookie": COOKIE, "X-CSRF": os.environ["CSRF"]})


def aimed(case, nth):
    """Most generated numbers are nobody's: every other question is about what there is."""
    if "guild" in case.path_parameters:
        case.path_parameters["guild"] = GUILD
    for name in case.path_parameters:
        if name != "guild" and nth % 2:
            case.path_parameters[name] = "1"


class Passes(requests.auth.AuthBase):
    def __call__(self, request):
        return signed(request)


schema = schemathesis.openapi.from_url(f"{BASE}/openapi.json")
asked, failures = {}, []
for at, operation in enumerate(schema.get_all_operations()):
    operation = operation.ok()
    if operation.path.endswith(LEFT_OUT) or operation.path.startswith("/api/admin/") != bool(COOKIE):
        continue
    session = requests.Session()
    session.mount("http://", Page(at) if COOKIE else requests.adapters.HTTPAdapter())
    how = {"session": session} if COOKIE else {"auth": Passes()}

    @hypothesis.settings(
        max_examples=int(os.environ["EXAMPLES"]), deadline=None, database=None, derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck), phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    )
    @hypothesis.given(case=operation.as_strategy())
    def ask(case):
        where = f"{case.method} {operation.path}"
        codes = asked.setdefault(where, {})
        if COOKIE:
            aimed(case, sum(codes.values()))
        answer = case.call(base_url=BASE.removesuffix("/api"), timeout=20, allow_redirects=False, **how)
        codes[answer.status_code] = codes.get(answer.status_code, 0) + 1
        case.validate_response(answer, checks=(
            checks.not_a_server_error,
            schemathesis.specs.openapi.checks.status_code_conformance,
            schemathesis.specs.openapi.checks.content_type_conformance,
            schemathesis.specs.openapi.checks.response_schema_conformance,
        ))

    try:
        ask()
    except Exception as error:  # each route is asked, whatever another answered
        failures.append(f"{operation.method.upper()} {operation.path}: {error}")

for where, codes in sorted(asked.items()):
    print(where, dict(sorted(codes.items())))
print("\n\n".join(failures))
sys.exit(1 if failures else 0)
