## Ce qui ne va pas, et quoi faire ensuite
error-unknown-action = Ce bouton ne mène plus nulle part. Tapez `/aide` pour voir ce qui est possible.
error-unknown-command = 🤔 Je ne connais pas cette commande. Vouliez-vous dire `!{ $command }` ?
error-not-found = Rien sous ce numéro. Vos tickets sont dans `/ticket_liste`.
error-argument = { $problem }
    Usage : `{ $usage }`
error-not-allowed = Cette commande est réservée à l’équipe. Ce que vous pouvez faire est dans `/aide`.
error-not-allowed-operator = Cette commande est réservée aux opérateurs : ceux qui ont le rôle opérateur, ou la permission « Gérer le serveur ». Ce que vous pouvez faire est dans `/aide`.
error-too-many = { $seconds ->
    [one] Doucement : réessayez dans une seconde. Rien n’a été fait.
   *[other] Doucement : réessayez dans { $seconds } secondes. Rien n’a été fait.
    }
error-unavailable = Je n’arrive pas à joindre mes données pour l’instant. Réessayez dans une minute.
error-not-done = Ma connexion à mes données s’est rompue, et rien n’a été fait. Réessayez.
error-draft-gone = Je n’ai plus ce que vous aviez donné avec la commande, comme un fichier : le formulaire est resté ouvert plus d’une heure, ou j’ai redémarré. Rien n’a été fait. Votre texte est ci-dessous ; relancez la commande pour redonner le reste.
error-unsure = Ma connexion à mes données s’est rompue au mauvais moment : je n’ai pas pu savoir si c’est fait. Vérifiez avant de réessayer : vos tickets sont dans `/ticket_liste`.
error-internal = Quelque chose s’est mal passé de notre côté, et nous en avons gardé la trace. Réessayez ; si cela revient, prévenez l’équipe.
error-only-in-guild = Ici, je ne sais pas de quel serveur il s’agit. Lancez cette commande sur le serveur.
error-only-there = Cette commande ne marche pas en message privé. Lancez-la sur le serveur **{ $server }**.
problem-missing = Il manque une option : **{ $option }**.
problem-not-an-id = **{ $option }** : donnez le numéro, tel qu’il est affiché, comme 12.
problem-range = **{ $option }** doit être un nombre de { $min } à { $max }.
problem-choice = **{ $option }** doit être l’un de : { $choices }.
problem-not-known = **{ $option }** : je ne connais pas ce nom.
problem-not-known-near = **{ $option }** : je ne connais pas ce nom. Vouliez-vous dire : { $nearest } ?
problem-ambiguous = **{ $option }** : plusieurs portent ce nom. Écrivez le code de celui que vous voulez : { $candidates }.
problem-too-long = **{ $option }** est trop long : { $found } caractères pour { $max } au plus.
problem-empty = **{ $option }** est vide.
problem-not-a-person = **{ $option }** doit être une personne : tapez @ puis choisissez-la dans la liste qui s’ouvre ; son nom seul ne suffit pas.
problem-not-a-channel = **{ $option }** doit être un salon : mentionnez le salon avec #.
problem-not-a-role = **{ $option }** doit être un rôle : mentionnez le rôle avec @.
problem-no-such-role = **{ $option }** doit être un rôle du serveur : son nom exact, une mention avec @, ou son identifiant.
problem-which-role = **{ $option }** : plusieurs rôles portent ce nom : { $roles }. Mentionnez celui que vous voulez, ou donnez son identifiant.
problem-or-attach = Pour un fichier : joignez-le au message que vous tapez, ou choisissez-le dans la commande `/`.
problem-unclosed-quote = Le guillemet qui ouvre **{ $option }** n’est pas fermé.
problem-no-such-option = Cette commande n’a pas d’option **{ $named }**. Si c’est un texte, mettez-le entre guillemets.
problem-unknown = Je ne connais pas cette option, ou il y en a trop.
problem-twice = **{ $option }** est donné deux fois.
problem-amount = **{ $option }** doit être un montant de plus de zéro et d’au plus { $max }, comme `{ $example }`, ou une part de ce qui a été payé, comme `50 %`. Un texte qui commence comme un montant se met entre guillemets.
problem-above-rank = Votre rang peut rendre { $cap } au plus sur une même commande, donc encore { $left } sur celle-ci. Pour plus, demandez à un opérateur.
problem-date = **{ $option }** doit être une date comme 2026-11-26 ; d’un jour à un an au plus, dans l’ordre.

## Réponses privées
answer-waits = 📬 { $person }, votre réponse est prête, visible de vous uniquement.
answer-waits-to = 📬 { $person }, votre réponse à `!{ $command }` est prête, visible de vous uniquement.
answer-gone = Cette réponse a expiré ou n’est pas la vôtre. Relancez la commande pour avoir la vôtre.
button-open-answer = Lire la réponse
button-open-form = Remplir le formulaire

shop-discount-name = Réduction
shop-price-now = Prix du moment
shop-first-period = Première période
refused-quotes = 💡 Un nom de plusieurs mots se met entre guillemets : `{ $command }`
refused-typed = Ce que vous aviez tapé
refused-written = Ce que vous aviez écrit
refused-in-file = … La suite est dans le fichier joint, avec tout le texte.
refused-file-name = texte.txt
refused-stays = ⚠️ Je n’ai pas pu mettre votre message à l’abri : il reste visible ici. Supprimez-le s’il contient quelque chose de privé.
refused-until-stays = ⏳ Jusque-là, je ne prends rien de ce que vous tapez ici : cela reste visible, sans autre réponse.
refused-until = ⏳ Jusque-là, je ne prends rien de ce que vous tapez ici, et je ne réponds plus.
refused-files = À joindre à nouveau

## En message privé
afar-tickets = 👋 Ce que vous écrivez ici n’est transmis à personne. Pour écrire à l’équipe de **{ $server }**, répondez à votre ticket :
afar-none = 👋 Ce que vous écrivez ici n’est transmis à personne, et vous n’avez pas de ticket ouvert sur **{ $server }**. Pour joindre l’équipe, ouvrez-en un sur ce serveur avec `/ticket_créer`.
afar-none-channel = { afar-none } Le salon pour cela : { $channel }
afar-nowhere = 👋 Ce que vous écrivez ici n’est transmis à personne. Pour joindre l’équipe d’un serveur, ouvrez un ticket sur ce serveur avec `/ticket_créer`.
control-not-found = Rien de tel sur ce serveur.
control-unsure = La connexion à la base s’est rompue pendant l’enregistrement : c’est fait, ou pas. Regardez avant de recommencer.
