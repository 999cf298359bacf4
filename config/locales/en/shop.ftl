## Names and descriptions of the shop's commands
cmd-shop-name = shop
cmd-shop = See what is on sale
cmd-plans-name = plans
cmd-plans = Compare the plans, by the month or by the year
cmd-product_list-name = product_list
cmd-product_list = See every product, drafts and removed ones included
cmd-product_add-name = product_add
cmd-product_add = Add a product to the shop
cmd-product_edit-name = product_edit
cmd-product_edit = Change a product: name, price, category, role, being on sale…
cmd-product_remove-name = product_remove
cmd-product_remove = Take a product or one of its variants off sale
cmd-product_stock-name = product_stock
cmd-product_stock = Say how many are left
cmd-product_keys-name = product_keys
cmd-product_keys = Add keys, one a line, or take unsold ones back
cmd-product_content-name = product_content
cmd-product_content = Give the text or file that the buyer receives
cmd-variant_add-name = variant_add
cmd-variant_add = Add a variant to a product
cmd-plan_add-name = plan_add
cmd-plan_add = Add a plan
cmd-plan_edit-name = plan_edit
cmd-plan_edit = Change a plan: name, benefits, prices, role, trial…
cmd-plan_remove-name = plan_remove
cmd-plan_remove = Take a plan off sale; whoever holds it keeps it
cmd-shop_settings-name = shop_settings
cmd-shop_settings = See or change the shop’s currency

## Options
opt-product-name = product
opt-product = The name or the code of a product, such as full-game
opt-variant-name = variant
opt-variant = The name or the code of a variant; not needed where there is only one
opt-plan-name = plan
opt-plan = The name or the code of a plan, such as pro
opt-product_category-name = product_category
opt-product_category = The category in the shop
opt-name-name = name
opt-name = The name that members read (in quotes when you type the command)
opt-kind-name = kind
opt-kind = What the buyer receives
opt-price-name = price
opt-price = An amount such as 4.99; 0 to give it away
opt-month_price-name = month_price
opt-month_price = The price of a month, such as 4.99
opt-year_price-name = year_price
opt-year_price = The price of a year, such as 47.90
opt-about-name = about
opt-about = What it is, in a few lines
opt-benefits-name = benefits
opt-benefits = What the plan brings, one benefit a line
opt-role-name = role
opt-role = A role of the server
opt-days-name = days
opt-days = How many days the buyer keeps it
opt-visible_role-name = visible_role
opt-visible_role = The role that sees this product; others don’t
opt-member_limit-name = member_limit
opt-member_limit = How many one member may buy
opt-on_sale-name = on_sale
opt-on_sale = Put it on sale, or back on sale
opt-emptied-name = empty
opt-emptied = What should hold nothing any more; if you type the command, several between commas
opt-stock-name = stock
opt-stock = How many are left
opt-unlimited-name = unlimited
opt-unlimited = Sell without counting
opt-keys-name = keys
opt-keys = The keys, one a line
opt-upload-name = upload
opt-upload = The file to hand over, or a text file with one key a line
opt-take_back-name = take_back
opt-take_back = How many unsold keys to take back
opt-content-name = content
opt-content = The text that the buyer receives
opt-support-name = support
opt-support = The support that the plan brings
opt-level-name = level
opt-level = The place among the plans: the highest brings the most
opt-trial_days-name = trial_days
opt-trial_days = Days of trial; 0 for none
opt-hidden-name = hidden
opt-hidden = Don’t show the plan
opt-period-name = period
opt-period = The period
opt-currency-name = currency
opt-currency = A currency’s code, such as EUR

## Choices
choice-role = Role
choice-key = Key
choice-file = File
choice-text = Text
choice-plan_days = Days of a plan
choice-community = Community help
choice-normal = Support by the team
choice-priority = Priority support
choice-vip = VIP support
choice-benefits = Benefits
choice-year_price = Yearly price
choice-year_price-also = prix_an, an, année, year
choice-about = Description
choice-product_category = Category
choice-product_category-also = rayon, catégorie
choice-member_limit = Limit per member
choice-member_limit-also = limite, limit
choice-visible_role = Role that alone sees it
choice-visible_role-also = réservé_à, réservé, visible_role
choice-no = No
choice-month = By the month
choice-year = By the year
choice-eur = Euro (€)
choice-usd = US dollar ($)
choice-gbp = Pound sterling (£)
choice-chf = Swiss franc (CHF)
choice-cad = Canadian dollar (CA$)
choice-xof = West African CFA franc (F CFA)
choice-xaf = Central African CFA franc (FCFA)
choice-mad = Moroccan dirham (MAD)
choice-aud = Australian dollar (A$)
choice-brl = Brazilian real (R$)
choice-clp = Chilean peso (CLP)
choice-czk = Czech koruna (Kč)
choice-dkk = Danish krone (DKK)
choice-jpy = Yen (¥)
choice-krw = Won (₩)
choice-mxn = Mexican peso (MX$)
choice-nok = Norwegian krone (NOK)
choice-pln = Zloty (zł)
choice-sek = Swedish krona (SEK)
choice-vnd = Dong (₫)

## Forms
form-product_add = Add a product
form-variant_add = Add a variant
form-product_edit = Change a product
form-product_remove = Take a product off sale
form-plan_edit = Change a plan
form-plan_remove = Take a plan off sale
label-product = Product
label-plan = Plan
hint-product_remove-product = Its name or code
hint-product_stock-product = Its name or code
hint-product_keys-product = Its name or code
hint-product_content-product = Its name or code
hint-variant_add-product = Its name or code
hint-product_role-product = Its name or code
hint-product_days-product = Its name or code
hint-product_days-plan = Its name or code
hint-plan_remove-plan = Its name or code
hint-product_edit-product = Its name or code
hint-product_edit-name = Empty: unchanged
hint-product_edit-price = Empty: unchanged
hint-product_edit-about = Empty: unchanged
hint-product_edit-product_category = Empty: unchanged
hint-plan_edit-plan = Its name or code
hint-plan_edit-name = Empty: unchanged
hint-plan_edit-month_price = Empty: unchanged
hint-plan_edit-year_price = Empty: unchanged
hint-plan_edit-benefits = Empty: unchanged
form-product_stock = Stock
form-product_keys = Add keys
form-product_content = What the buyer receives
form-product_role = The product’s role
form-product_days = The days of the plan
form-plan_add = Add a plan
label-name = Name
label-kind = What the buyer receives
label-price = Price
label-about = About it
label-product_category = Category
label-stock = Left
label-keys = Keys, one a line
label-content = Text
label-role = Role to give
label-days = Number of days
label-month_price = Price of a month
label-year_price = Price of a year
label-benefits = Benefits, one a line
label-trial_days = Days of trial
hint-product_add-name = Texture pack
hint-product_add-kind = Role, key, file, text or days of a plan
hint-product_add-price = 4.99
hint-product_add-about = What it is, in a few lines
hint-product_add-product_category = Games
hint-variant_add-name = Deluxe edition
hint-variant_add-price = 9.99
hint-variant_add-stock = Empty: no limit
hint-product_stock-stock = 25
hint-product_keys-keys = AAAA-BBBB-CCCC
hint-product_content-content = A text. For a file: close this, and attach it to the command.
hint-product_role-role = Its name, for example Premium
hint-product_days-days = 30
hint-plan_add-name = Silver
hint-plan_add-month_price = 4.99
hint-plan_add-year_price = 47.90
hint-plan_add-benefits = The subscribers’ channels
hint-plan_add-trial_days = 0

## Shop
shop-title = 🏬 Shop
shop-empty = The shop is empty for now. The plans are in `/plans`.
shop-none-fits = Nothing in this category.
shop-page = Page { $page } of { $pages }
shop-no-price = —
shop-free = Free
shop-from = from { $price }
shop-offer-terms = lowest price of the last 30 days: { $lowest } · until { $until }
shop-field-offer = Offer
shop-out-of-stock = sold out
shop-unavailable = Not available right now: the team has to mend this item first.
shop-left = { $count ->
    [one] only one left
   *[other] only { $count } left
    }
shop-unlimited = no limit
shop-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
    }
shop-for-good = for good
shop-field-gives = You receive
shop-field-price = Price
shop-field-stock = Stock
shop-field-variants = Variants
shop-field-limit = Per member, at most
shop-field-code = Code
shop-field-state = State
shop-field-category = Category
shop-field-visible = Reserved for
shop-field-month = By the month
shop-field-year = By the year
shop-field-support = Support
shop-field-level = Level
shop-field-role = Role
shop-field-trial = Trial
shop-field-currency = Currency
shop-state-on = ✅ On sale
shop-state-no-keys = ⚠️ Out of stock: add keys with `/product_keys`
shop-state-no-stock = ⚠️ Out of stock: say how many are left with `/product_stock`
shop-state-off = 🗄️ Not on sale
shop-state-role-gone = ⛔ Not sold: its role was deleted. Give it another one with `/product_edit`
shop-state-role-stuck = ⛔ Not sold: I can’t give its role. The alert in the staff channel says what to do
shop-role-warning = As long as that isn’t settled, whoever buys it doesn’t get the role.
shop-state-hidden = 🔒 Hidden
shop-state-plan-role-gone = ⛔ Not sold: the role of its plan was deleted. Give the plan another one with `/plan_edit`
shop-plan-role-gone = Not sold: the role of its plan was deleted. Give the plan another one with `/plan_edit`, or take these days off sale with `/product_remove`.
shop-role-gone = Not sold: its role was deleted. Give it another one with `/product_edit`, or take it off sale with `/product_remove`.
shop-role-stuck = Not sold: I can’t give its role. The alert in the staff channel says what to do.
button-buy = Buy · { $price }
button-back-to-shop = Shop
button-all-products = Everything
button-page-before = Previous
button-page-after = Next
button-plans = Plans

## Plans
plans-title = ⭐ Plans
plans-intro = Choose the one that suits you; you can change later.
plans-none = No plan is on sale for now.
plans-unavailable = Not available right now: the team has to mend it first.
plans-role-gone = Not sold: its role was deleted. Give it another one with `/plan_edit`.
plans-role-stuck = Not sold: I can’t give its role. The alert in the staff channel says what to do.
plans-yours = ✅ yours
plans-per-month = { $price } a month
plans-per-year = { $price } a year
plans-first-month = { $price } for the first month, then { $list } a month
plans-first-year = { $price } for the first year, then { $list } a year
button-plans-month = See by the month
button-plans-year = See by the year
button-choose = Choose { $plan }
button-upgrade = Move up to { $plan }
button-downgrade = Move down to { $plan }
button-trial = { $days ->
    [one] Try { $plan } for one day
   *[other] Try { $plan } for { $days } days
    }

## What the team does
product-list-title = 📚 Products
product-list-empty = No product. Add the first with `/product_add`.
product-added = ✅ **{ $name }** is made. Its code: `{ $code }`.
product-edited = ✅ Changed.
product-unchanged = Nothing changed. Give what you want to change: name, price, category…
product-removed = 🗄️ **{ $name }** is off sale. Whoever bought it keeps it.
product-namesake = ⚠️ This name is taken already: { $others }. Who types it has to choose between them; to give it a name of its own, `/product_edit`.
plan-namesake = ⚠️ Another plan bears this name already: { $others }. Who types it has to choose between them; to give it a name of its own, `/plan_edit`.
plan-namesake-product = ⚠️ A product bears this name already: { $others }. Who types it has to choose between the two; to give the plan a name of its own, `/plan_edit`.
product-namesake-plan = ⚠️ A plan bears this name already: { $others }. Who types it has to choose between the two; to give the product a name of its own, `/product_edit`.
product-is-free = 🎁 Its price is 0: members receive it without paying.
variant-added = ✅ Variant **{ $name }** added.
variant-removed = 🗄️ The variant `{ $variant }` of **{ $name }** is off sale.
stock-set = ✅ Stock of **{ $name }** (`{ $variant }`): { $stock }.
keys-added = { $count ->
    [0] 🔑 No key added; { $left } in stock.
    [one] 🔑 One key added; { $left } in stock.
   *[other] 🔑 { $count } keys added; { $left } in stock.
    }
keys-doubled = { $count ->
    [one] One key was there already and is left out.
   *[other] { $count } keys were there already and are left out.
    }
keys-blank = { $count ->
    [one] One empty line is left out.
   *[other] { $count } empty lines are left out.
    }
keys-taken-back = { $count ->
    [one] 🔑 One unsold key is out of stock: here it is.
   *[other] 🔑 { $count } unsold keys are out of stock: here they are.
    }
content-set = ✅ This is what the buyer will receive.
plan-added = ✅ Plan **{ $name }** made. Its code: `{ $code }`.
plan-edited = ✅ Changed.
plan-keep-price = { $count ->
    [0] The new price is for the next subscriptions. No present subscriber pays anything else.
    [one] The new price is for the next subscriptions. One present subscriber keeps his, as long as he doesn’t change plans.
   *[other] The new price is for the next subscriptions. { $count } present subscribers keep theirs, as long as they don’t change plans.
    }
plan-year-emptied = { $count ->
    [0] The plan is no longer sold by the year. No current subscriber pays by the year.
    [one] The plan is no longer sold by the year. One current subscriber keeps their yearly price until they change plans.
   *[other] The plan is no longer sold by the year. { $count } current subscribers keep their yearly price until they change plans.
    }
plan-role-emptied = The plan gives no role any more. Whoever had it through this plan alone loses it within six hours.
plan-unchanged = Nothing changed. Give what you want to change: name, benefits, prices…
plan-removed = 🗄️ The plan **{ $name }** is off sale. Whoever holds it keeps it.
shop-settings-title = 🏬 The shop’s settings
shop-settings-changed = ✅ Changed.
shop-without-price = { $count ->
    [one] ⚠️ One item has no price in this currency: it isn’t sold until it has one.
   *[other] ⚠️ { $count } items have no price in this currency: they aren’t sold until they have one.
    }
shop-lacks-role = 📝 The role to give is missing. Choose it with `/product_edit`: the product will go on sale.
shop-lacks-plan = 📝 The plan and the number of days are missing. Choose the plan: the product will go on sale.
shop-lacks-file = 📝 The file is missing. Give it with `/product_content` and its option `upload`, or type `!product_content { $code }` with the file attached to the message: the product will go on sale.
shop-lacks-text = 📝 The text that the buyer receives is missing. Write it: the product will go on sale.
button-set-role = Give the role
button-set-content = Write the text
button-add-keys = Add keys
button-back-on-sale = Put back on sale

## What is refused, and what to do instead
problem-not-a-code = **{ $option }** must be a code: letters without accents, digits and hyphens, 32 at most. Choose from the list that shows.
problem-price-number = **{ $option }** must be an amount, such as 4.99. To give a product away, write 0.
problem-price-two-meanings = **{ $option }** can be read in two ways. Write { $thousands } for thousands, or { $cents } with two decimals.
problem-which-variant = This product has several variants: { $variants }. Say which, for example: `{ $command }`
problem-price-least = **{ $option }** must be 0 (free) or at least { $least }: Stripe takes no less.
problem-price-range = **{ $option }** must be from 0 to 999,999.99, without more decimals than the currency has.
problem-price-currency = **{ $option }** must be in the shop’s currency. It is changed with `/shop_settings`.
shop-several = Several products bear this name. Which one would you like to see?
shop-nearest = Nothing like that in the shop. Were you looking for one of these?
shop-which-category = Nothing like that in the shop. Here are its categories:
shop-nothing-near = Nothing like that in the shop.
error-shop-not-found-staff = Nothing like that in the shop. All it has is in `/product_list` and `/plans`.
error-shop-not-found = Nothing of that kind in the shop. See `/shop` and `/plans`.
error-shop-free-plan-price = The plan `free` is everybody’s: it stays at 0.
error-shop-plan-price-zero = A plan at 0 would be given to whoever asks: only `free` is free. Give it a price, or give it a trial.
error-shop-plan-days-price-zero = Days of a plan at 0 would give the plan to whoever asks. Give them a price, or give the plan a trial.
error-shop-plan-without-price = Give a price by the month or by the year.
error-shop-last-price = It is the only price of this plan. Give it a monthly price first, or take it off sale.
error-shop-set-and-emptied = You give a value to what you also empty. Do one or the other.
error-shop-plan-removed = This plan is off sale, or can’t be sold by the day. Put it back on sale with `/plan_edit` and `on_sale`.
error-shop-free-plan-stays = The plan `free` is everybody’s: it can’t be removed. It can be hidden with `/plan_edit`.
error-shop-product-removed = This product is off sale already.
error-shop-draft = Something is still missing before this product can be sold. See `/product_list`.
error-shop-full = There are as many as can be. Remove or rename an old one instead.
error-shop-name-taken = Too many items have this name. Choose another.
error-shop-variant-taken = This product has a variant of that name already.
error-shop-which-variant = This product has several variants: say which.
error-shop-variant-same-content = All variants of a text or a file hand over the same content: at another price, some would pay more for the same thing. Make a second product with `/product_add` instead.
error-shop-last-variant = It is its only variant: remove the product instead.
error-shop-stock-of-keys = The stock of this product is its keys. Add some with `/product_keys`.
error-shop-stock-or-unlimited = Choose: a number, or no limit, not both.
error-shop-not-keys = This product hands over no keys. Its stock is set with `/product_stock`.
error-shop-no-keys = There is no key in it: one a line.
error-shop-strange-key = A key holds a character that is no text (often taken along from a file of another kind): nothing was added. Copy it again, or type it.
error-shop-too-many-keys = A thousand keys at once at most. Send them in several parts; nothing was added.
error-shop-no-key-left = This product has no unsold key.
error-shop-keys-one-line = One key a line, without commas. An option has one line only: leave it out to open a form, or attach a text file.
error-shop-keys-one-way = Choose: paste keys, send a file, or take some back.
error-shop-keys-not-text = This file is no text. Send a .txt file with one key a line.
error-shop-content-one-way = Choose: a text or a file, not both.
error-shop-content-is-text = This product hands over a text: write it in `content`.
error-shop-content-is-file = This product hands over a file, which a form can’t take. Choose it with `/product_content` and its option `upload`, or type `!product_content` and the product’s code with the file attached to the message.
error-shop-no-content = This product hands over neither text nor file.
error-shop-file-too-large = This file is too large: 10 MiB at most, and 2 MiB for keys.
error-shop-file-gone = This file is no longer available. Send it again.
error-shop-everyone-role = This role is everybody’s. Choose another.
error-shop-staff-role = This role makes people staff here (`/setup`): whoever got it would read every ticket. Create a role of its own for the shop and choose that one.
error-shop-managed-role = This role belongs to a bot, to an integration or to Discord: nobody can give it. Create a role of its own for the shop and choose that one.
error-shop-powerful-role = This role gives power over the server (to administer it, to manage its roles, channels or messages, to kick, to ban, to mention everyone…), which is neither sold nor given here. Take that from it in Discord (Server Settings › Roles), or choose another role.
error-shop-reader-role = This role opens the staff channel: whoever got it would read every ticket. Create a role of its own for the shop, or shut that channel to it in Discord.
error-shop-same-currency = It is the shop’s currency already.
