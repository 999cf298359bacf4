// Says of each line {"body","signature","secret"} whether Stripe's own Node library takes it: "good" or why not.

import { createInterface } from "node:readline";
import Stripe from "stripe";

const stripe = new Stripe("sk_test_unused");

for await (const line of createInterface({ input: process.stdin })) {
  const { body, signature, secret } = JSON.parse(line);
  try {
    stripe.webhooks.constructEvent(body, signature, secret);
    console.log("good");
  } catch (error) {
    console.log(error.type ?? error.name);
  }
}
