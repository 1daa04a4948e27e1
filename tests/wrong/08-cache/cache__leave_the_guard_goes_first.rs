//! exercise = "08-cache"
//! mark = "leave"
//! misconception = "a destructor gives its fields away by hand"
//! fails = "E0507"
//! says = "a loan of the flight"

        drop(self.landing);
        self.cache.shard(self.uri).end(self);
