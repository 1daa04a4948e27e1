//! exercise = "07-balancer"
//! mark = "probe"
//! misconception = "compare_exchange reserves the word for whoever called it first"
//! fails = "step_4_probe::one_request_tries_a_server_whose_time_is_over"
//! says = "one request may try it"

                match self.health.compare_exchange(seen, seen, Relaxed, Relaxed) {
                    Ok(_) => Admission::Probe { until_ms },
                    Err(_) => Admission::Closed,
                }
