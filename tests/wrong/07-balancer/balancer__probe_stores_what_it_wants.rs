//! exercise = "07-balancer"
//! mark = "probe"
//! misconception = "who saw that the time is over is the only one who saw it"
//! fails = "step_4_probe::of_many_threads_one_is_the_probe"
//! says = "all of them saw the same word"

                self.health.store(Health::Probing { until_ms }.to_word(), Relaxed);
                Admission::Probe { until_ms }
