//! exercise = "07-balancer"
//! mark = "turn"
//! misconception = "what can be changed through &self can be shared by threads"
//! fails = "E0277"
//! says = "`Cell` writes without them"
//! edits = { "next: AtomicUsize," = "next: std::cell::Cell<usize>,", "next: AtomicUsize::new(0)" = "next: std::cell::Cell::new(0)" }

        self.next.set(self.next.get() + 1);
        (self.next.get() - 1) % of
