//! The files of the panel's pages, compiled in: a new file of `static/admin-panel/` gets a line here. It serves nothing.

/// Each file, as its name there and its content.
#[rustfmt::skip]
pub(super) const FILES: &[(&str, &[u8])] = &[
    ("address.js", include_bytes!("../../../static/admin-panel/address.js")),
    ("api.js", include_bytes!("../../../static/admin-panel/api.js")),
    ("aside.js", include_bytes!("../../../static/admin-panel/aside.js")),
    ("audit.html", include_bytes!("../../../static/admin-panel/audit.html")),
    ("audit.js", include_bytes!("../../../static/admin-panel/audit.js")),
    ("base.css", include_bytes!("../../../static/admin-panel/base.css")),
    ("bulk.js", include_bytes!("../../../static/admin-panel/bulk.js")),
    ("canned.js", include_bytes!("../../../static/admin-panel/canned.js")),
    ("charts.js", include_bytes!("../../../static/admin-panel/charts.js")),
    ("composer.js", include_bytes!("../../../static/admin-panel/composer.js")),
    ("decisions.html", include_bytes!("../../../static/admin-panel/decisions.html")),
    ("decisions.js", include_bytes!("../../../static/admin-panel/decisions.js")),
    ("dialog.js", include_bytes!("../../../static/admin-panel/dialog.js")),
    ("dom.js", include_bytes!("../../../static/admin-panel/dom.js")),
    ("early.js", include_bytes!("../../../static/admin-panel/early.js")),
    ("filters.js", include_bytes!("../../../static/admin-panel/filters.js")),
    ("form.js", include_bytes!("../../../static/admin-panel/form.js")),
    ("giveaways.html", include_bytes!("../../../static/admin-panel/giveaways.html")),
    ("giveaways.js", include_bytes!("../../../static/admin-panel/giveaways.js")),
    ("history.js", include_bytes!("../../../static/admin-panel/history.js")),
    ("holding.js", include_bytes!("../../../static/admin-panel/holding.js")),
    ("i18n.js", include_bytes!("../../../static/admin-panel/i18n.js")),
    ("icons.js", include_bytes!("../../../static/admin-panel/icons.js")),
    ("index.html", include_bytes!("../../../static/admin-panel/index.html")),
    ("index.js", include_bytes!("../../../static/admin-panel/index.js")),
    ("keys.js", include_bytes!("../../../static/admin-panel/keys.js")),
    ("list.js", include_bytes!("../../../static/admin-panel/list.js")),
    ("listing.js", include_bytes!("../../../static/admin-panel/listing.js")),
    ("live.js", include_bytes!("../../../static/admin-panel/live.js")),
    ("mark.svg", include_bytes!("../../../static/admin-panel/mark.svg")),
    ("mates.js", include_bytes!("../../../static/admin-panel/mates.js")),
    ("members.html", include_bytes!("../../../static/admin-panel/members.html")),
    ("members.js", include_bytes!("../../../static/admin-panel/members.js")),
    ("notify.js", include_bytes!("../../../static/admin-panel/notify.js")),
    ("offers.js", include_bytes!("../../../static/admin-panel/offers.js")),
    ("orders.html", include_bytes!("../../../static/admin-panel/orders.html")),
    ("orders.js", include_bytes!("../../../static/admin-panel/orders.js")),
    ("overview.js", include_bytes!("../../../static/admin-panel/overview.js")),
    ("parts.css", include_bytes!("../../../static/admin-panel/parts.css")),
    ("parts.js", include_bytes!("../../../static/admin-panel/parts.js")),
    ("place.css", include_bytes!("../../../static/admin-panel/place.css")),
    ("place.js", include_bytes!("../../../static/admin-panel/place.js")),
    ("places.js", include_bytes!("../../../static/admin-panel/places.js")),
    ("plans.js", include_bytes!("../../../static/admin-panel/plans.js")),
    ("presence.js", include_bytes!("../../../static/admin-panel/presence.js")),
    ("privacy.html", include_bytes!("../../../static/admin-panel/privacy.html")),
    ("privacy.js", include_bytes!("../../../static/admin-panel/privacy.js")),
    ("product.js", include_bytes!("../../../static/admin-panel/product.js")),
    ("promotions.html", include_bytes!("../../../static/admin-panel/promotions.html")),
    ("promotions.js", include_bytes!("../../../static/admin-panel/promotions.js")),
    ("route.js", include_bytes!("../../../static/admin-panel/route.js")),
    ("rows.js", include_bytes!("../../../static/admin-panel/rows.js")),
    ("session.js", include_bytes!("../../../static/admin-panel/session.js")),
    ("sessions.html", include_bytes!("../../../static/admin-panel/sessions.html")),
    ("sessions.js", include_bytes!("../../../static/admin-panel/sessions.js")),
    ("settings.html", include_bytes!("../../../static/admin-panel/settings.html")),
    ("settings.js", include_bytes!("../../../static/admin-panel/settings.js")),
    ("shell.css", include_bytes!("../../../static/admin-panel/shell.css")),
    ("shell.js", include_bytes!("../../../static/admin-panel/shell.js")),
    ("shop-words-en.js", include_bytes!("../../../static/admin-panel/shop-words-en.js")),
    ("shop-words-fr.js", include_bytes!("../../../static/admin-panel/shop-words-fr.js")),
    ("shop.html", include_bytes!("../../../static/admin-panel/shop.html")),
    ("shop.js", include_bytes!("../../../static/admin-panel/shop.js")),
    ("sieve.js", include_bytes!("../../../static/admin-panel/sieve.js")),
    ("steps.js", include_bytes!("../../../static/admin-panel/steps.js")),
    ("store.js", include_bytes!("../../../static/admin-panel/store.js")),
    ("texts-en.js", include_bytes!("../../../static/admin-panel/texts-en.js")),
    ("texts-fr.js", include_bytes!("../../../static/admin-panel/texts-fr.js")),
    ("things.js", include_bytes!("../../../static/admin-panel/things.js")),
    ("thread.js", include_bytes!("../../../static/admin-panel/thread.js")),
    ("ticket.css", include_bytes!("../../../static/admin-panel/ticket.css")),
    ("ticket.js", include_bytes!("../../../static/admin-panel/ticket.js")),
    ("tickets.css", include_bytes!("../../../static/admin-panel/tickets.css")),
    ("tickets.html", include_bytes!("../../../static/admin-panel/tickets.html")),
    ("tickets.js", include_bytes!("../../../static/admin-panel/tickets.js")),
    ("time.js", include_bytes!("../../../static/admin-panel/time.js")),
    ("views.js", include_bytes!("../../../static/admin-panel/views.js")),
    ("words-en.js", include_bytes!("../../../static/admin-panel/words-en.js")),
    ("words-fr.js", include_bytes!("../../../static/admin-panel/words-fr.js")),
];

#[cfg(test)]
mod tests {
    use super::FILES;
    use std::path::Path;

    #[test]
    fn every_file_of_the_folder_has_its_line() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/admin-panel");
        let name = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
        let mut there: Vec<String> = std::fs::read_dir(folder).unwrap().map(name).collect();
        there.sort();
        assert_eq!(FILES.iter().map(|(name, _)| *name).collect::<Vec<_>>(), there);
    }
}
