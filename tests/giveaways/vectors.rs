//! Real rounds of drand's quicknet, and a draw by one of them, byte for byte: what `docs/FAIR_DRAWS.md` gives as the example.

use super::support::{drawn, out, rerolled};
use shellia::domain::giveaways::draw::*;
use shellia::sandbox::Beacon;

/// Round 123 of quicknet, from the tests of the crate drand-verify 0.6.2, which took it from api3.drand.sh.
const SIGNATURE: &str =
    "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92";
const ENDS_AT: u64 = 1_692_803_673;
const SALT: Salt = Hex([0x11; 32]);

fn example() -> (Ranked, Transcript) {
    let source = Source::quicknet(ENDS_AT).unwrap();
    assert_eq!(source, Source::Quicknet { round: 123 });
    let terms = Terms { guild: Id(197_038_439_483_310_086), giveaway: 1, ends_at: ENDS_AT, winners: 2, source };
    let list = (1..=5).map(|n| Entry { user: Id(80_351_110_224_678_912 + u64::from(n)), weight: n }).collect();
    let frozen = Entries::new(list).unwrap().freeze(&SALT);
    let [announced, committed] =
        [super::support::post((ENDS_AT - 86_400) * 1000), super::support::post((ENDS_AT + 1) * 1000)];
    let ranked = Ranked::new(terms, announced, frozen, committed, SIGNATURE).unwrap();
    let mut log = ranked.log();
    for (minute, event) in (1..).zip([out(2), drawn(&[1, 3]), rerolled(3, 4)]) {
        log.write(ENDS_AT + 60 * minute, Id(80_351_110_224_678_999), event, "example".to_owned()).unwrap();
    }
    let file = ranked.transcript(&log).unwrap();
    (ranked, file)
}

#[test]
fn the_example_is_what_it_was() {
    let (ranked, file) = example();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/witness/draw_example.json");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, serde_json::to_string_pretty(&file).unwrap() + "\n").unwrap();
    }
    let kept = std::fs::read(path).unwrap();
    let found = verify(&kept).unwrap();
    let made = [
        ("terms", found.terms_digest),
        ("root", ranked.posted().root),
        ("commitment", found.commitment),
        ("seed", ranked.seed()),
        ("head", found.head),
    ];
    let description = include_str!("../../docs/FAIR_DRAWS.md");
    for (name, digest) in made {
        assert!(description.contains(&format!("| {name} | `{digest}` |")), "{name} {digest}");
    }
    assert!(description.contains(&format!("| ranking | `{:?}` |", ranked.ranking())), "{:?}", ranked.ranking());
    assert_eq!(serde_json::from_slice::<Transcript>(&kept).unwrap(), file);
    assert!(verify(&file.blinded().to_json().unwrap()).is_ok());
}

/// Rounds that drand published: 123 as above, 1000 as api.drand.sh gives it, 657413 from pypi.org/project/drand-verify; with
/// the published randomness, of the last its beginning, where it was published too.
const PUBLISHED: [(u64, &str, &str); 3] = [
    (123, SIGNATURE, ""),
    (
        1_000,
        "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
        "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
    ),
    (
        657_413,
        "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
        "fc1873a13f3545aeade8401532ef55199",
    ),
];

#[test]
fn published_rounds_hold_and_give_the_published_randomness() {
    for (round, signature, randomness) in PUBLISHED {
        let found = Source::Quicknet { round }.randomness(signature).expect("the network signed it");
        assert!(found.to_string().starts_with(randomness), "{round}: {found}");
        for other in [round - 1, round + 1, 0, u64::MAX] {
            assert_eq!(Source::Quicknet { round: other }.randomness(signature), None, "{other}");
        }
    }
    let [first, second, _] = PUBLISHED;
    assert_eq!(Source::Quicknet { round: first.0 }.randomness(second.1), None);
}

#[test]
fn the_sandboxs_rounds_are_checked_like_the_real_networks() {
    let (beacon, other) = (Beacon::from_seed(b"one"), Beacon::from_seed(b"other"));
    let signature = Hex(beacon.sign(42)).to_string();
    let by = |beacon: &Beacon, round| Source::Sandbox { public_key: Hex(beacon.public_key()), round };
    assert!(by(&beacon, 42).randomness(&signature).is_some());
    assert_eq!(by(&beacon, 43).randomness(&signature), None);
    assert_eq!(by(&other, 42).randomness(&signature), None);
    assert_eq!(Source::Quicknet { round: 42 }.randomness(&signature), None);
    assert_eq!(Beacon::from_seed(b"one").sign(42), beacon.sign(42));
}
