//! exercise = "07-balancer"
//! mark = "turn"
//! shape = "fetch_update for the turn, scoped threads, and a loop of compare_exchange_weak"

        let next = self.next.fetch_update(Relaxed, Relaxed, |next| Some(next.wrapping_add(1)));
        next.unwrap_or_else(|next| next) % of
// mark: begin
        for count in [&self.picks, &self.active] {
            count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        }
// mark: rehearse
    thread::scope(|scope| {
        let spawn = |_| scope.spawn(|| (0..picks).for_each(|key| drop(balancer.pick(key, 0, None))));
        let workers: Vec<_> = (0..threads).map(spawn).collect();
        workers.into_iter().for_each(|worker| worker.join().expect("a pick does not panic"));
    });
// mark: failed
        let mut seen = health.load(Relaxed);
        while let Health::Serving { failures } = Health::from_word(seen) {
            let more = Health::Serving { failures: failures + 1 }.to_word();
            let next = if failures + 1 == limit { ejected } else { more };
            match health.compare_exchange_weak(seen, next, Relaxed, Relaxed) {
                Ok(_) => break,
                Err(now) => seen = now,
            }
        }
// mark: probe
                let probing = Health::Probing { until_ms }.to_word();
                let won = self.health.fetch_update(Relaxed, Relaxed, |now| (now == seen).then_some(probing)).is_ok();
                if won { Admission::Probe { until_ms } } else { Admission::Closed }
