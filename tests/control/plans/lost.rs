//! A commit whose answer is lost: read back, it is done, and it was done once.

use super::*;
use crate::support::link::{Break, Link};
use shellia::control::Unreached;
use shellia::control::plans::PlanState;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// An address that leads to Maxis and breaks off once he begins to answer.
async fn breaks_off(maxis: SocketAddr) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            let far = TcpStream::connect(maxis).await.unwrap();
            let ((mut from_near, _kept), (mut from_far, mut to_far)) = (near.into_split(), far.into_split());
            let mut bytes = vec![0; 65_536];
            let mut first = [0; 16];
            let asks = async {
                while let Ok(length @ 1..) = from_near.read(&mut bytes).await {
                    to_far.write_all(&bytes[..length]).await.unwrap();
                }
            };
            tokio::select! {
                () = asks => {}
                _ = from_far.read(&mut first) => {}
            }
        }
    });
    Url::parse(&format!("http://{address}/api")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_answer_is_lost_on_the_way_is_read_back_and_made_once() {
    let shop = Shop::open().await;
    let plan = shop.approved("k1", twenty()).await;
    let broken = peer(breaks_off(shop.commerce.address()).await, &shop.clock);
    let lost = plans::commit_plan(&broken, shop.by("lea"), plan.number, &plan.digest).await;
    assert_eq!(lost.unwrap_err(), Failed::Unreached(Unreached::Network));
    let done = shop.reads("lea", plan.number).await.unwrap();
    assert_eq!((done.state, done.made.clone().unwrap().number), (PlanState::Committed, Some(1)));
    assert_eq!(shop.commits("lea", &plan).await.unwrap(), done);
    assert_eq!(shop.things().await, (1, 0));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_the_database_kept_without_saying_so_is_told_as_unknown_and_read_back() {
    let mut maxis = Maxis::prepare(World::two_guilds()).await;
    let link = Link::to(&maxis.database.app_url).await;
    let through = link.through(&maxis.database.app_url);
    maxis.set("DATABASE_URL", &through);
    let shop = Shop::open_by(maxis).await;
    let plan = shop.approved("k1", twenty()).await;
    link.break_at("set state = $1, ended_by", Break::AfterCommit);
    let asked = shop.commits("lea", &plan).await;
    assert!(link.broke(), "{asked:?}");
    assert_eq!(why(asked), (Why::Fault, "unsure".to_owned()));
    let done = shop.reads("lea", plan.number).await.unwrap();
    assert_eq!((done.state, done.made.clone().unwrap().number), (PlanState::Committed, Some(1)));
    // Asked again under the same number, nothing more is done.
    assert_eq!(shop.commits("lea", &plan).await.unwrap(), done);
    assert_eq!(shop.things().await, (1, 0));
    shop.close().await;
}
