## shellia verify-draw: what is told at a terminal
verify-draw-holds = This draw holds: { $entries ->
        [one] one entry
       *[other] { $entries } entries
    }, { $winners ->
        [0] no winner
        [one] one winner
       *[other] { $winners } winners
    } at last.
verify-draw-checked = Checked, by nothing but this file:
verify-draw-did-list = the entries, their weights and their order are those of the commitment
verify-draw-did-quicknet = the randomness is that of drand’s network “quicknet”, round { $round }, which the end of the giveaway ({ $end }) fixes; drand signed it
verify-draw-did-sandbox = the randomness is that of a sandbox’s own beacon, round { $round }, which the end of the giveaway ({ $end }) fixes
verify-draw-did-order = by its message’s id, the commitment was posted before the round existed
verify-draw-did-secret = the randomness is the secret whose hash is in the terms
verify-draw-did-ranking = the rank of each entry follows from the commitment and that randomness
verify-draw-did-log = the winners are the first eligible ranks, and whoever was replaced was replaced by the next; nothing is missing from the middle of the log
verify-draw-did-accounts = each winner’s account is the one that was drawn
verify-draw-but-sandbox = ⚠ It proves nothing all the same: whoever runs a sandbox’s beacon knows its rounds beforehand.
verify-draw-but-secret = ⚠ It proves less than a public beacon would: only that the secret wasn’t chosen afterwards. Who knew it could work out what a list would give until the list was frozen.
verify-draw-blinded = This is the file for everybody: it names the winners only. That you are in the list, your own inclusion proof shows.
verify-draw-open = This is the open file: it names everybody who took part. It isn’t for everybody.
verify-draw-winners = Winners:
verify-draw-winner = account { $account }, rank { $rank }
verify-draw-compare = Compare by eye, since no file can show this: each message must exist, must not be edited, and must show the value above its link.
verify-draw-terms = terms
verify-draw-commitment = commitment
verify-draw-head = head of the log
verify-draw-newest = the newest message about the winners
verify-draw-proof = This proof leads to a commitment: account { $account }, weight { $weight }, among { $entries ->
        [one] one entry
       *[other] { $entries } entries
    } with weights of { $total } in all.
verify-draw-proof-compare = The account is in the list with that weight if this message exists, was not edited, and shows exactly this value. If it shows another, the proof is false.
verify-draw-wrong = This file does not hold: { $code }
verify-draw-wrong-next = What was posted in Discord counts, not this file: a file is also wrong when it was damaged on its way. Download it again; if it stays wrong, ask those who ran the giveaway. The word above is explained in docs/FAIR_DRAWS.md under “The check”.
verify-draw-file-missing = There is no file { $file }. Check the name and the directory.
verify-draw-file-directory = { $file } is a directory. Name the file in it: the one that the giveaway’s message or the bot gave you.
verify-draw-file-denied = This user may not read { $file }. Copy it to a place of yours, or change its permissions.
verify-draw-file-large = { $file } is larger than { $most } MiB, more than the file of any draw: it is probably another one.
verify-draw-file-other = { $file } could not be read: { $detail }. Try again, or copy it to another place first.

## What is wrong, by the words of docs/FAIR_DRAWS.md
verify-draw-wrong-bad_json = It can’t be read as a draw’s file: { $detail }. Perhaps it is not whole, or it is another file.
verify-draw-wrong-version = It is of a kind or a version that this program doesn’t know. A newer program may read it.
verify-draw-wrong-no_entries = The list has no entry: there was nobody to draw.
verify-draw-wrong-too_many_entries = The list has more entries than a draw may have (2 000 000).
verify-draw-wrong-no_weight = Entry { $at } of the list (counted from 0) has the weight 0: it could never win.
verify-draw-wrong-duplicate = Entry { $at } of the list (counted from 0) is the same as the one before it: somebody is in it twice.
verify-draw-wrong-unsorted = Entry { $at } of the list (counted from 0) is out of order: the list is not the one that was frozen.
verify-draw-wrong-root_differs = The entries are not those that were committed to: somebody, or a weight, was added, taken away or changed.
verify-draw-wrong-commitment_differs = Terms, announcement and list give another commitment than the file states: one of them was changed.
verify-draw-wrong-bad_winners = The terms name no winner, or more than 10 000.
verify-draw-wrong-round_differs = The beacon’s round is not the one that the end fixes: somebody could have chosen it.
verify-draw-wrong-committed_early = The commitment was posted before the announcement: the list was frozen before anybody knew the terms.
verify-draw-wrong-committed_late = The commitment was posted when the beacon’s round was known already: the list may have been made to fit it.
verify-draw-wrong-signature_false = The beacon’s signature is false: the randomness is not that of the round which was promised.
verify-draw-wrong-secret_differs = The secret is not the one whose hash was promised: it was chosen afterwards.
verify-draw-wrong-seed_differs = The seed is not the one that commitment and randomness give.
verify-draw-wrong-ranking_length = The ranking has more or fewer ranks than there are entries.
verify-draw-wrong-ranking_differs = The ranking is not the one that the seed gives; it differs first at rank { $at }.
verify-draw-wrong-log_chain = Entry { $at } of the log (counted from 0) doesn’t follow from the one before it: it was changed, or something is missing before it.
verify-draw-wrong-log_earlier = Entry { $at } of the log (counted from 0) is earlier than the one before it.
verify-draw-wrong-log_note = Entry { $at } of the log (counted from 0) has a note of more than 500 bytes.
verify-draw-wrong-log_no_such_rank = Entry { $at } of the log (counted from 0) disqualifies a rank that doesn’t exist.
verify-draw-wrong-log_already_out = Entry { $at } of the log (counted from 0) disqualifies a rank that is out already.
verify-draw-wrong-log_already_drawn = Entry { $at } of the log (counted from 0) draws the winners a second time.
verify-draw-wrong-log_not_drawn = Entry { $at } of the log (counted from 0) replaces a winner before there were any.
verify-draw-wrong-log_not_a_winner = Entry { $at } of the log (counted from 0) replaces somebody who had no place.
verify-draw-wrong-log_not_the_next = Entry { $at } of the log (counted from 0) gives a place to another than the next eligible rank: somebody was chosen.
verify-draw-wrong-not_drawn = The log doesn’t say that winners were drawn.
verify-draw-wrong-winner_count = The file names more or fewer winners than its log leaves.
verify-draw-wrong-winner_differs = Winner { $at } (counted from 0) is not who ranking and log make the winner.
verify-draw-wrong-winner_not_opened = The account of winner { $at } (counted from 0) is not the one that was drawn.
verify-draw-wrong-path = The proof’s path doesn’t fit a list of that size: it proves nothing.
