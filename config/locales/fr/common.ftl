# common
error-unknown-command = 🤔 Je ne connais pas cette commande. Vouliez-vous dire `!{ $command }` ?
