//! exercise = "08-cache/let_go_and_wait"
//! mark = "body"
//! misconception = "the receiver of a call is looked up last"
//! fails = "the_lock_is_free_while_the_upstream_takes_its_time"
//! says = "await_holding_lock"

    let found = shelf.lock().expect(WHOLE).get(path).cloned();
    if let Some(page) = found {
        return page;
    }
    shelf.lock().expect(WHOLE).entry(path.to_owned()).insert_entry(fetch.await).get().clone()
