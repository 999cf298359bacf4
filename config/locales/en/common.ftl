## What went wrong, and what to do next
error-unknown-action = This button no longer leads anywhere. Type `/help` to see what you can do.
error-unknown-command = 🤔 I don’t know that command. Did you mean `!{ $command }`?
error-not-found = Nothing under that number. Your tickets are in `/ticket_list`.
error-argument = { $problem }
    Usage: `{ $usage }`
error-not-allowed = This command is for the team. What you can do is in `/help`.
error-not-allowed-operator = This command is for operators: those with the operator role or the Manage Server permission. What you can do is in `/help`.
error-too-many = { $seconds ->
    [one] Easy: try again in one second. Nothing was done.
   *[other] Easy: try again in { $seconds } seconds. Nothing was done.
    }
error-unavailable = I can’t reach my data right now. Please try again in a minute.
error-not-done = My connection to my data broke, and nothing was done. Please try again.
error-draft-gone = I no longer have what you gave with the command, such as a file: the form stayed open for more than an hour, or I was restarted. Nothing was done. Your text is below; use the command again to give the rest.
error-unsure = My connection to my data broke at the wrong moment: I could not learn whether it was done. Please check before trying again: your tickets are in `/ticket_list`.
error-internal = Something went wrong on our side, and we kept a record of it. Please try again; if it happens again, tell the team.
error-only-in-guild = Here I can’t tell which server you mean. Please use this command on the server.
error-only-there = This command doesn’t work in direct messages. Use it on the server **{ $server }**.
problem-missing = **{ $option }** is missing.
problem-not-an-id = **{ $option }** must be a number, such as 12.
problem-range = **{ $option }** must be a number from { $min } to { $max }.
problem-choice = **{ $option }** must be one of: { $choices }.
problem-not-known = **{ $option }**: I don’t know that name.
problem-not-known-near = **{ $option }**: I don’t know that name. Did you mean: { $nearest }?
problem-ambiguous = **{ $option }**: several bear this name. Write the code of the one you mean: { $candidates }.
problem-too-long = **{ $option }** is too long: { $found } characters, { $max } at most.
problem-empty = **{ $option }** is empty.
problem-not-a-person = **{ $option }** must be a person: type @ and pick them from the list that opens; the name alone is not enough.
problem-not-a-channel = **{ $option }** must be a channel: mention the channel with #.
problem-not-a-role = **{ $option }** must be a role: mention the role with @.
problem-no-such-role = **{ $option }** must be a role of the server: its exact name, a mention with @, or its id.
problem-which-role = **{ $option }**: several roles bear this name: { $roles }. Mention the one you mean, or give its id.
problem-or-attach = For a file: attach it to the message you type, or choose it in the `/` command.
problem-unclosed-quote = The closing quote of **{ $option }** is missing.
problem-no-such-option = This command has no option **{ $named }**. If it is a text, put it in quotation marks.
problem-unknown = I don’t know that option, or there are too many.
problem-twice = **{ $option }** is given twice.
problem-amount = **{ $option }** must be an amount above zero and of at most { $max }, like `{ $example }`, or a part of what was paid, like `50%`. A text that begins like an amount goes between quotation marks.
problem-above-rank = Your rank gives back { $cap } of one order at most, so { $left } more of this one. For more, ask an operator.
problem-date = **{ $option }** must be a date like 2026-11-26; one day to one year, in order.

## Private answers
answer-waits = 📬 { $person }, your answer is ready, for you alone.
answer-waits-to = 📬 { $person }, your answer to `!{ $command }` is ready, for you alone.
answer-gone = This answer has expired or isn’t yours. Run the command again to get your own.
button-open-answer = Read the answer
button-open-form = Fill in the form

shop-discount-name = Reduction
shop-price-now = Price of the moment
shop-first-period = First period
refused-quotes = 💡 A name of several words goes in quotation marks: `{ $command }`
refused-typed = What you had typed
refused-written = What you had written
refused-in-file = … The rest is in the attached file, with the whole text.
refused-file-name = text.txt
refused-stays = ⚠️ I could not put your message out of sight: it stays visible here. Delete it if it holds anything private.
refused-until-stays = ⏳ Until then I take nothing that you type here: it stays readable, without another answer.
refused-until = ⏳ Until then I take nothing that you type here, and answer no more.
refused-files = To attach again

## In direct messages
afar-tickets = 👋 What you write here is passed on to nobody. To write to the team of **{ $server }**, reply to your ticket:
afar-none = 👋 What you write here is passed on to nobody, and you have no open ticket on **{ $server }**. To reach the team, open one on that server with `/ticket_create`.
afar-none-channel = { afar-none } The channel for it: { $channel }
afar-nowhere = 👋 What you write here is passed on to nobody. To reach the team of a server, open a ticket on that server with `/ticket_create`.
control-not-found = There is nothing like that on this server.
control-unsure = The connection to the database broke while it was being saved: it may be done or not. Look before you try again.
