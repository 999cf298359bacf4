"""Says of each line {"body","signature","secret"} whether Stripe's own Python library takes it: "good" or why not."""

import json
import sys

import stripe

for line in sys.stdin:
    got = json.loads(line)
    try:
        stripe.WebhookSignature.verify_header(got["body"], got["signature"], got["secret"], 300)
        print("good")
    except stripe.SignatureVerificationError as error:
        print(type(error).__name__)
