//! exercise = "09-analytics"
//! mark = "merge"
//! shape = "taken apart by a pattern, and maps counted in loops"

        let Tally { requests, unreadable, body_bytes, slowest, statuses, clients, took } = other;
        for (status, number) in statuses {
            *self.statuses.entry(status).or_insert(0) += number;
        }
        for (client, number) in clients {
            *self.clients.entry(client).or_insert(0) += number;
        }
        self.took.add(&took).expect("a histogram of the same digits grows as far as the other one");
        Tally {
            requests: self.requests + requests,
            unreadable: self.unreadable + unreadable,
            body_bytes: self.body_bytes.checked_add(body_bytes).unwrap_or(u64::MAX),
            slowest: if slowest > self.slowest { slowest } else { self.slowest },
            ..self
        }
