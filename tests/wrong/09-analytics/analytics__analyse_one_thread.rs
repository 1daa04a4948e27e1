//! exercise = "09-analytics"
//! mark = "analyse"
//! misconception = "a method chain runs on all processors"
//! fails = "step_4_analyse::lets_more_than_one_thread_count"
//! says = "one thread has read all lines"

    pieces.into_iter().fold(Tally::default(), |tally, piece| count(tally, piece, &read)).report(top)
