//! Waiting for several answers of one connection, in the order in which they were asked for. It is no way to work at several
//! things at once.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::future::poll_fn;
use std::task::Poll;

/// Waits for all of them. Whenever it is woken it polls those that wait in their order, so that what one sends goes out before
/// what the next sends: `join_all` doesn't promise that, and from its 31st future on it doesn't do so.
pub(super) async fn in_order<T>(mut futures: Vec<BoxFuture<'_, T>>) -> Vec<T> {
    let mut outcomes: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    poll_fn(|context| {
        let mut waits = false;
        for (future, outcome) in futures.iter_mut().zip(&mut outcomes).filter(|(_, outcome)| outcome.is_none()) {
            match future.poll_unpin(context) {
                Poll::Ready(value) => *outcome = Some(value),
                Poll::Pending => waits = true,
            }
        }
        if waits { Poll::Pending } else { Poll::Ready(outcomes.iter_mut().filter_map(Option::take).collect()) }
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join_all;
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Waker};

    /// So many may send in one poll, as tokio's budget has it (`tokio::task::coop`).
    const BUDGET: usize = 128;
    const ALL: usize = 300;

    /// What the futures of one connection share.
    #[derive(Default)]
    struct Line {
        /// How many may still send in this poll.
        left: usize,
        /// What was sent, in order.
        sent: Vec<usize>,
        /// Who waits for an answer.
        waiting: Vec<Waker>,
    }

    /// A future that sends when it may, else asks to be polled again, and is answered in a later poll.
    fn sender(n: usize, line: Arc<Mutex<Line>>) -> BoxFuture<'static, usize> {
        let mut is_sent = false;
        poll_fn(move |context| {
            let mut line = line.lock().unwrap();
            if is_sent {
                return Poll::Ready(n);
            }
            if line.left == 0 {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            line.left -= 1;
            line.sent.push(n);
            line.waiting.push(context.waker().clone());
            is_sent = true;
            Poll::Pending
        })
        .boxed()
    }

    /// What was sent in which order, and what came back.
    fn play(join: impl FnOnce(Vec<BoxFuture<'static, usize>>) -> BoxFuture<'static, Vec<usize>>) -> [Vec<usize>; 2] {
        let line = Arc::new(Mutex::new(Line::default()));
        let mut all = join((0..ALL).map(|n| sender(n, line.clone())).collect());
        let mut context = Context::from_waker(Waker::noop());
        let came = loop {
            line.lock().unwrap().left = BUDGET;
            if let Poll::Ready(came) = all.poll_unpin(&mut context) {
                break came;
            }
            let waiting = std::mem::take(&mut line.lock().unwrap().waiting);
            waiting.into_iter().for_each(Waker::wake);
        };
        let sent = std::mem::take(&mut line.lock().unwrap().sent);
        [sent, came]
    }

    #[test]
    fn everything_is_sent_and_comes_in_order() {
        let order: Vec<usize> = (0..ALL).collect();
        assert_eq!(play(|futures| in_order(futures).boxed()), [order.clone(), order]);
    }

    #[test]
    fn what_the_library_has_for_many_does_not_keep_the_order() {
        let [sent, came] = play(|futures| join_all(futures).boxed());
        assert!(sent != came, "then this module is needless");
    }
}
