//! exercise = "07-balancer"
//! mark = "probe"
//! misconception = "when the time is over, the server is well"
//! fails = "step_4_probe::one_request_tries_a_server_whose_time_is_over"
//! says = "one request may try it"

                let serving = Health::Serving { failures: 0 }.to_word();
                match self.health.compare_exchange(seen, serving, Relaxed, Relaxed) {
                    Ok(_) | Err(_) => Admission::Open,
                }
