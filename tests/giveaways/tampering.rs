//! Whatever is changed in a draw's file is found, and named.

use super::support::forgeries::FORGERIES;
use super::support::*;
use proptest::prelude::*;
use serde_json::Value;
use shellia::domain::giveaways::draw::*;

fn sources() -> [Source; 2] {
    [sandbox(), Source::secret(&SECRET)]
}

#[test]
fn a_file_that_nobody_touched_holds_in_both_forms() {
    for source in sources() {
        let open = rich(source);
        let blinded = open.clone().blinded();
        let whole = verify(&open.to_json().unwrap()).unwrap();
        let public = verify(&blinded.to_json().unwrap()).unwrap();
        assert!(whole.open && !public.open);
        assert_eq!(Verified { open: true, ..public }, whole);
        assert_eq!(whole.winners.iter().map(|winner| winner.rank).collect::<Vec<_>>(), [1, 5]);
    }
}

#[test]
fn a_blinded_file_names_nobody_but_the_winners() {
    let open = rich(sandbox());
    let text = String::from_utf8(open.clone().blinded().to_json().unwrap()).unwrap();
    let List::Open(entries) = &open.entries else { panic!("an open file") };
    let named = entries.list.iter().filter(|(user, _)| text.contains(&format!("\"{user}\""))).count();
    assert_eq!((named, open.winners.len()), (2, 2));
    assert!(!text.contains(&SALT.to_string()));
}

#[test]
fn every_number_and_every_text_counts() {
    for file in sources().map(rich).into_iter().flat_map(|open| [open.clone().blinded(), open]) {
        let whole = value(&file);
        let mut paths = Vec::new();
        leaves(&whole, "", &mut paths);
        assert!(paths.len() > 60);
        for path in paths {
            let mut changed = whole.clone();
            alter(changed.pointer_mut(&path).unwrap(), 1, 7);
            assert!(code(&changed).is_err(), "{path}");
        }
    }
}

#[test]
fn no_byte_of_a_file_can_be_another() {
    let open = rich(Source::secret(&SECRET));
    for file in [open.clone().blinded(), open] {
        let bytes = file.to_json().unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << (at % 8);
            assert!(look(&changed).is_err(), "byte {at}");
        }
    }
}

#[test]
fn no_bit_of_a_beacons_signature_can_be_another() {
    let whole = value(&rich(sandbox()));
    let signature: Hex<48> = whole["proof"].as_str().unwrap().parse().unwrap();
    for at in 0..384 {
        let mut bytes = signature.0;
        bytes[at / 8] ^= 1 << (at % 8);
        let mut changed = whole.clone();
        changed["proof"] = Value::from(Hex(bytes).to_string());
        assert_eq!(code(&changed), Err(("signature_false", None)), "bit {at}");
    }
}

#[test]
fn every_field_must_be_there_once_and_no_other() {
    fn without(value: &Value, whole: &Value, path: &str) {
        if let Value::Object(fields) = value {
            for (name, inner) in fields {
                let mut changed = whole.clone();
                let gone = changed.pointer_mut(path).unwrap().as_object_mut().unwrap().remove(name).unwrap();
                assert_eq!(code(&changed), Err(("bad_json", None)), "{path}/{name}");
                let object = changed.pointer_mut(path).unwrap().as_object_mut().unwrap();
                object.extend([(name.clone(), gone), ("another".to_owned(), Value::from(1))]);
                assert_eq!(code(&changed), Err(("bad_json", None)), "{path}/another");
                without(inner, whole, &format!("{path}/{name}"));
            }
        }
        if let Value::Array(all) = value {
            (0..).zip(all).for_each(|(at, inner): (u32, _)| without(inner, whole, &format!("{path}/{at}")));
        }
    }
    let open = rich(sandbox());
    without(&value(&open), &value(&open), "");
    let text = String::from_utf8(open.to_json().unwrap()).unwrap();
    for (field, twice) in [
        ("\"version\":1", "\"version\":1,\"version\":1"),
        ("\"beacon\":\"sandbox\"", "\"beacon\":\"sandbox\",\"beacon\":\"sandbox\""),
        ("\"giveaway\":12", "\"giveaway\":12,\"giveaway\":12"),
        ("{\"open\":", "{\"open\":1,\"open\":"),
    ] {
        let doubled = text.replacen(field, twice, 1);
        assert_ne!(doubled, text);
        assert_eq!(verify(doubled.as_bytes()).unwrap_err().code(), "bad_json", "{field}");
    }
    assert_eq!(verify(format!("{text}x").as_bytes()).unwrap_err().code(), "bad_json");
    assert!(verify(format!(" {text}\n").as_bytes()).is_ok());
}

#[test]
fn the_first_wrong_thing_is_named() {
    let whole = value(&rich(sandbox()).blinded());
    for (at, (word, place, change)) in FORGERIES.iter().enumerate() {
        let mut changed = whole.clone();
        change(&mut changed);
        assert_eq!(code(&changed), Err((*word, *place)), "forgery {at}");
    }
    let mut secret = value(&rich(Source::secret(&SECRET)));
    secret["proof"] = Value::from(Hex([0; 32]).to_string());
    assert_eq!(code(&secret), Err(("secret_differs", None)));
}

#[test]
fn recomputing_everything_after_a_forged_list_gives_another_commitment() {
    // What the posted digest is for: a forger who makes all else fit can't make this fit.
    let honest = rich(sandbox());
    let forged = file(&ranked(&[1, 5, 1, 2, 1, 1, 4], 3, sandbox()), &[drawn(&[1, 2, 3])]);
    let [one, other] = [honest, forged].map(|file| verify(&file.to_json().unwrap()).unwrap());
    assert_ne!(one.commitment, other.commitment);
    assert_eq!(one.terms_digest, other.terms_digest);
}

#[test]
fn no_draw_is_made_that_would_not_hold() {
    let source = sandbox();
    let (announced, frozen) = (post((ENDS_AT - 60) * 1000), frozen(&[1, 1]));
    let draw = |terms, committed, proof: &str| {
        Ranked::new(terms, announced, frozen.clone(), committed, proof).map(|_| ()).unwrap_err()
    };
    let (proof, good) = (proof_of(source), post(ENDS_AT * 1000));
    assert_eq!(draw(terms(0, source), good, &proof), Wrong::BadWinners);
    let later = Terms { ends_at: ENDS_AT + 60, ..terms(1, source) };
    assert_eq!(draw(later, good, &proof), Wrong::RoundDiffers);
    assert_eq!(draw(terms(1, source), announced, &proof), Wrong::CommittedEarly);
    assert_eq!(draw(terms(1, source), post((ENDS_AT + 6) * 1000), &proof), Wrong::CommittedLate);
    assert_eq!(draw(terms(1, source), good, &signature(5).to_string()), Wrong::SignatureFalse);
    assert_eq!(draw(terms(1, Source::secret(&SECRET)), good, "00"), Wrong::SecretDiffers);
}

#[test]
fn each_entrant_gets_a_proof_that_leads_to_the_commitment() {
    let (frozen, ranked) = (frozen(&[1, 2, 3, 4, 5]), ranked(&[1, 2, 3, 4, 5], 1, sandbox()));
    let posts = [post((ENDS_AT - 86_400) * 1000), post(ENDS_AT * 1000 + 900)];
    let tree = frozen.tree().unwrap();
    for user in frozen.users() {
        let proof = InclusionProof::new(terms(1, sandbox()), posts, &frozen, &tree, *user).unwrap();
        let whole = serde_json::to_value(&proof).unwrap();
        let commitment = |value: &Value| {
            let proof = InclusionProof::read(&serde_json::to_vec(value).unwrap())?;
            proof.commitment()
        };
        assert_eq!(commitment(&whole), Ok(ranked.posted().digest));
        let looked = look(&serde_json::to_vec(&proof).unwrap());
        assert_eq!(looked, Ok(Looked::Proof(proof, ranked.posted().digest)));
        let mut paths = Vec::new();
        leaves(&whole, "", &mut paths);
        for path in paths.iter().filter(|path| !path.starts_with("/committed")) {
            let mut changed = whole.clone();
            alter(changed.pointer_mut(path).unwrap(), 1, 7);
            assert_ne!(commitment(&changed), Ok(ranked.posted().digest), "{path}");
        }
        let mut short = whole.clone();
        short["path"].as_array_mut().unwrap().pop();
        assert_eq!(commitment(&short), Err(Wrong::Path));
    }
    assert!(InclusionProof::new(terms(1, sandbox()), posts, &frozen, &tree, Id(1)).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_draw_holds_and_any_change_of_a_leaf_is_found(
        weights in prop::collection::vec(prop_oneof![1u32..5, 1u32..], 1..20),
        winners in 1u32..6,
        outs in prop::collection::vec(1u32..20, 0..4),
        rerolls in 0usize..4,
        secret in any::<bool>(),
        blind in any::<bool>(),
        leaf: prop::sample::Index,
        by in 1u64..,
        at in 0usize..200,
    ) {
        let ranked = ranked(&weights, winners, sources()[usize::from(secret)]);
        let mut log = ranked.log();
        let mut happen = |event: Event| log.write(ENDS_AT, Id(3), event, "why".to_owned()).is_ok();
        let mut standing = Standing::new(u32::try_from(weights.len()).unwrap(), winners);
        let events = outs.into_iter().map(out).map(Some).chain((0..=rerolls).map(|_| None));
        for event in events {
            let event = event.unwrap_or_else(|| match standing.winners().last() {
                Some(rank) => rerolled(*rank, standing.next()),
                None => drawn(&standing.first()),
            });
            let allowed = standing.apply(&event).is_ok();
            prop_assert_eq!(happen(event), allowed);
        }
        prop_assume!(standing.is_drawn());
        let open = ranked.transcript(&log).unwrap();
        let file = if blind { open.blinded() } else { open };
        let found = verify(&file.to_json().unwrap()).unwrap();
        prop_assert_eq!(found.winners.iter().map(|winner| winner.rank).collect::<Vec<_>>(), standing.winners());
        prop_assert_eq!(found.head, log.head());
        let mut changed = value(&file);
        let mut paths = Vec::new();
        leaves(&changed, "", &mut paths);
        let path = leaf.get(&paths);
        alter(changed.pointer_mut(path).unwrap(), by, at);
        prop_assert!(code(&changed).is_err(), "{}", path);
    }

    #[test]
    fn any_other_byte_is_found(at: prop::sample::Index, bit in 0u8..8, blind in any::<bool>()) {
        let open = rich(Source::secret(&SECRET));
        let mut bytes = if blind { open.blinded() } else { open }.to_json().unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(verify(&bytes).is_err());
    }
}
