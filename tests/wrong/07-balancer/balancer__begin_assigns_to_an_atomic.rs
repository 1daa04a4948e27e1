//! exercise = "07-balancer"
//! mark = "begin"
//! misconception = "an atomic is used as the number that it holds"
//! fails = "E0368"
//! says = "An atomic is no number"

        self.active += 1;
        self.picks += 1;
