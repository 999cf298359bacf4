## shellia verify-draw : ce qui est dit dans un terminal
verify-draw-holds = Ce tirage tient : { $entries ->
        [one] une inscription
       *[other] { $entries } inscriptions
    }, { $winners ->
        [0] aucun gagnant
        [one] un gagnant
       *[other] { $winners } gagnants
    } à la fin.
verify-draw-checked = Vérifié, avec rien d’autre que ce fichier :
verify-draw-did-list = les inscriptions, leurs poids et leur ordre sont ceux de l’engagement
verify-draw-did-quicknet = le hasard est celui du réseau « quicknet » de drand, tour { $round }, que la fin du concours ({ $end }) impose ; drand l’a signé
verify-draw-did-sandbox = le hasard est celui d’un bac à sable, tour { $round }, que la fin du concours ({ $end }) impose
verify-draw-did-order = d’après l’identifiant de son message, l’engagement a été publié avant que le tour existe
verify-draw-did-secret = le hasard est le secret dont l’empreinte est dans les conditions
verify-draw-did-ranking = le rang de chaque inscription découle de l’engagement et de ce hasard
verify-draw-did-log = les gagnants sont les premiers rangs admis, et qui a été remplacé l’a été par le suivant ; rien ne manque au milieu du journal
verify-draw-did-accounts = le compte de chaque gagnant est celui qui a été tiré
verify-draw-but-sandbox = ⚠ Il ne prouve rien pour autant : qui tient le hasard d’un bac à sable en connaît les tours d’avance.
verify-draw-but-secret = ⚠ Il prouve moins qu’un hasard public : seulement que le secret n’a pas été choisi après coup. Qui le connaissait pouvait calculer ce qu’une liste donnerait, tant qu’elle n’était pas figée.
verify-draw-blinded = C’est le fichier pour tous : il ne nomme que les gagnants. Que vous êtes dans la liste, votre propre preuve d’inscription le montre.
verify-draw-open = C’est le fichier ouvert : il nomme tous les participants. Il n’est pas pour tous.
verify-draw-winners = Gagnants :
verify-draw-winner = compte { $account }, rang { $rank }
verify-draw-compare = À comparer à l’œil, car aucun fichier ne peut le montrer : chaque message doit exister, ne pas être modifié, et montrer la valeur au-dessus de son lien.
verify-draw-terms = conditions
verify-draw-commitment = engagement
verify-draw-head = tête du journal
verify-draw-newest = le message le plus récent sur les gagnants
verify-draw-proof = Cette preuve mène à un engagement : compte { $account }, poids { $weight }, parmi { $entries ->
        [one] une inscription
       *[other] { $entries } inscriptions
    } dont les poids font { $total } en tout.
verify-draw-proof-compare = Le compte est dans la liste avec ce poids si ce message existe, n’a pas été modifié, et montre exactement cette valeur. S’il en montre une autre, la preuve est fausse.
verify-draw-wrong = Ce fichier ne tient pas : { $code }
verify-draw-wrong-next = Ce qui a été publié dans Discord compte, pas ce fichier : un fichier est faux aussi quand il a été abîmé en route. Téléchargez-le de nouveau ; s’il reste faux, demandez à ceux qui ont mené le concours. Le mot ci-dessus est expliqué dans docs/FAIR_DRAWS.md, sous « The check ».
verify-draw-file-missing = Il n’y a pas de fichier { $file }. Vérifiez le nom et le dossier.
verify-draw-file-directory = { $file } est un dossier. Nommez le fichier qui s’y trouve : celui que le message du concours ou le bot vous a donné.
verify-draw-file-denied = Cet utilisateur ne peut pas lire { $file }. Copiez-le chez vous, ou changez ses permissions.
verify-draw-file-large = { $file } dépasse { $most } Mio, plus que le fichier d’aucun tirage : c’est sans doute un autre fichier.
verify-draw-file-other = { $file } n’a pas pu être lu : { $detail }. Réessayez, ou copiez-le d’abord ailleurs.

## Ce qui ne va pas, par les mots de docs/FAIR_DRAWS.md
verify-draw-wrong-bad_json = Il ne se lit pas comme un fichier de tirage : { $detail }. Il n’est peut-être pas entier, ou c’est un autre fichier.
verify-draw-wrong-version = Il est d’un genre ou d’une version que ce programme ne connaît pas. Un programme plus récent le lira peut-être.
verify-draw-wrong-no_entries = La liste n’a aucune inscription : il n’y avait personne à tirer.
verify-draw-wrong-too_many_entries = La liste a plus d’inscriptions qu’un tirage n’en admet (2 000 000).
verify-draw-wrong-no_weight = L’inscription { $at } de la liste (comptée à partir de 0) a le poids 0 : elle ne pouvait jamais gagner.
verify-draw-wrong-duplicate = L’inscription { $at } de la liste (comptée à partir de 0) est la même que celle d’avant : quelqu’un y est deux fois.
verify-draw-wrong-unsorted = L’inscription { $at } de la liste (comptée à partir de 0) n’est pas à sa place : la liste n’est pas celle qui a été figée.
verify-draw-wrong-root_differs = Les inscriptions ne sont pas celles de l’engagement : quelqu’un, ou un poids, a été ajouté, retiré ou changé.
verify-draw-wrong-commitment_differs = Les conditions, l’annonce et la liste donnent un autre engagement que celui du fichier : l’un des trois a été changé.
verify-draw-wrong-bad_winners = Les conditions ne prévoient aucun gagnant, ou plus de 10 000.
verify-draw-wrong-round_differs = Le tour du hasard public n’est pas celui que la fin impose : quelqu’un a pu le choisir.
verify-draw-wrong-committed_early = L’engagement a été publié avant l’annonce : la liste a été figée avant que l’on connaisse les conditions.
verify-draw-wrong-committed_late = L’engagement a été publié alors que le tour du hasard public était déjà connu : la liste a pu être faite pour lui.
verify-draw-wrong-signature_false = La signature du hasard public est fausse : le hasard n’est pas celui du tour promis.
verify-draw-wrong-secret_differs = Le secret n’est pas celui dont l’empreinte avait été promise : il a été choisi après coup.
verify-draw-wrong-seed_differs = La graine n’est pas celle que donnent l’engagement et le hasard.
verify-draw-wrong-ranking_length = Le classement a plus ou moins de rangs qu’il n’y a d’inscriptions.
verify-draw-wrong-ranking_differs = Le classement n’est pas celui que donne la graine ; il en diffère d’abord au rang { $at }.
verify-draw-wrong-log_chain = L’entrée { $at } du journal (comptée à partir de 0) ne découle pas de la précédente : elle a été changée, ou quelque chose manque avant elle.
verify-draw-wrong-log_earlier = L’entrée { $at } du journal (comptée à partir de 0) est antérieure à celle d’avant.
verify-draw-wrong-log_note = L’entrée { $at } du journal (comptée à partir de 0) a une note de plus de 500 octets.
verify-draw-wrong-log_no_such_rank = L’entrée { $at } du journal (comptée à partir de 0) disqualifie un rang qui n’existe pas.
verify-draw-wrong-log_already_out = L’entrée { $at } du journal (comptée à partir de 0) disqualifie un rang déjà écarté.
verify-draw-wrong-log_already_drawn = L’entrée { $at } du journal (comptée à partir de 0) tire les gagnants une seconde fois.
verify-draw-wrong-log_not_drawn = L’entrée { $at } du journal (comptée à partir de 0) remplace un gagnant avant qu’il y en ait.
verify-draw-wrong-log_not_a_winner = L’entrée { $at } du journal (comptée à partir de 0) remplace quelqu’un qui n’avait pas de place.
verify-draw-wrong-log_not_the_next = L’entrée { $at } du journal (comptée à partir de 0) donne une place à un autre que le rang suivant : quelqu’un a été choisi.
verify-draw-wrong-not_drawn = Le journal ne dit pas que des gagnants ont été tirés.
verify-draw-wrong-winner_count = Le fichier nomme plus ou moins de gagnants que son journal n’en laisse.
verify-draw-wrong-winner_differs = Le gagnant { $at } (compté à partir de 0) n’est pas celui que désignent le classement et le journal.
verify-draw-wrong-winner_not_opened = Le compte du gagnant { $at } (compté à partir de 0) n’est pas celui qui a été tiré.
verify-draw-wrong-path = Le chemin de la preuve ne va pas avec une liste de cette taille : elle ne prouve rien.
