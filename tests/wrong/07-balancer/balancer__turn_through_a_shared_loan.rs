//! exercise = "07-balancer"
//! mark = "turn"
//! misconception = "&self is enough to change a number, if only one is careful"
//! fails = "E0596"
//! says = "every thread has a `&self`"

        let next = self.next.get_mut();
        *next += 1;
        (*next - 1) % of
