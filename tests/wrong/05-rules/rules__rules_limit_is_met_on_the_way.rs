//! exercise = "05-rules"
//! mark = "rules"
//! misconception = "a limit need not be asked for while loading: whoever meets it later unwraps"
//! fails = "step_4_rules::refuses_one_rule_too_many"
//! says = "the file has too many rules"
//! edits = { "rules.routes.iter().find(|route| route.scope.matches(host, path))" = "table(rules).unwrap().into_iter().flatten().find(|route| route.scope.matches(host, path))\n}\n\n/// The routes in the table of 200 places that each worker has set aside.\nfn table(rules: &Rules) -> Result<[Option<&Route>; 200], String> {\n    let mut table = [None; 200];\n    for (number, route) in rules.routes.iter().enumerate() {\n        *table.get_mut(number).ok_or(\"the table has 200 places\")? = Some(route);\n    }\n    Ok(table)" }

            let _ = (&left, table.error(too_many("rules", self.reader.limits.rules, "file")));
            rules.push(read(table)?);
