"""Asks a Maxis everything that its description describes, with generated questions, each with a pass of its own.

Environment: BASE (the address), KEY (the shared key), GUILD and PERSON (an operator), EXAMPLES (questions for each route).
Ends with 1 where an answer is a 5xx, or one that the description doesn't have.
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

BASE, KEY = os.environ["BASE"], os.environ["KEY"].encode()


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
        "iss": "shellia", "aud": "maxis", "sub": os.environ["PERSON"], "guild": os.environ["GUILD"], "iat": now, "exp": now + 60,
        "jti": secrets.token_hex(16), "htm": request.method, "htu": path, "body": hashlib.sha256(body).hexdigest(),
    }
    signed_part = part({"typ": "JWT", "alg": "HS256"}) + b"." + part(claims)
    mac = part(hmac.new(KEY, signed_part, hashlib.sha256).digest())
    request.headers["Authorization"] = "Bearer " + (signed_part + b"." + mac).decode()
    return request


class Passes(requests.auth.AuthBase):
    def __call__(self, request):
        return signed(request)


schema = schemathesis.openapi.from_url(f"{BASE}/openapi.json")
asked, failures = {}, []
for operation in schema.get_all_operations():
    operation = operation.ok()
    if operation.path == "/api/events":
        # A stream goes on for minutes: it has tests of its own.
        continue

    @hypothesis.settings(
        max_examples=int(os.environ["EXAMPLES"]), deadline=None, database=None, derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck), phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    )
    @hypothesis.given(case=operation.as_strategy())
    def ask(case):
        answer = case.call(base_url=BASE.removesuffix("/api"), auth=Passes(), timeout=20)
        where = f"{case.method} {operation.path}"
        codes = asked.setdefault(where, {})
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
