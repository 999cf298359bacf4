# common
error-unknown-command = 🤔 I don’t know that command. Did you mean `!{ $command }`?
