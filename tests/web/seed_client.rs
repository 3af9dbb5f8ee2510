//! The nine steps of the client that existed before this server still work.

use crate::support::{TestApp, api::Client};
use serde_json::{Value, json};

#[test]
fn the_nine_steps_work_by_changing_the_base_address_only() {
    let app = TestApp::spawn();
    let mut client = Client::new(&app);
    let person = json!({
        "email": "test@example.com", "password": "quiet-harbour-lantern", "name": "Иван Петров",
        "position": "Менеджер", "department": "HR"
    });
    assert_eq!(client.post("/api/auth/register", &person).status, 201);

    // 1. Sign in
    let token =
        client.post("/api/auth/token", &json!({ "username": "test@example.com", "password": "quiet-harbour-lantern" }));
    assert_eq!((token.status, &token.body["token_type"]), (200, &"bearer".into()));
    client.token = Some(token.body["access_token"].as_str().unwrap().to_owned());

    // 2. Who I am
    let me = client.get("/api/auth/me");
    assert_eq!(me.status, 200);
    for (field, value) in [("email", "test@example.com"), ("name", "Иван Петров"), ("department", "HR")] {
        assert_eq!(me.body[field], value);
    }
    assert_eq!((&me.body["daysInSystem"], &me.body["completedRecommendations"]), (&0.into(), &0.into()));
    assert_eq!(me.body["joinDate"], app.now().date_naive().to_string());

    // 3. Questions
    let questions = client.get("/api/assessment/questions");
    assert_eq!((questions.status, &questions.body["total"]), (200, &20.into()));
    assert_eq!(questions.body["questions"][0]["id"], 0);
    assert_eq!(questions.body["questions"][9]["category"], "depersonalization");

    // 4. Submit: the seed's example
    let answers: serde_json::Map<String, Value> = (0..20)
        .map(|item: usize| {
            let value = match item {
                0..=7 => 4,
                8 => 3,
                9..=13 => 4,
                14..=16 => 4,
                17 => 5,
                _ => 3,
            };
            (item.to_string(), value.into())
        })
        .collect();
    let made = client.post("/api/assessment/submit", &json!({ "answers": answers }));
    assert_eq!(made.status, 201, "{made:?}");
    let seen = |name: &str| made.body[name].clone();
    assert_eq!(
        (seen("emotionalExhaustion"), seen("depersonalization"), seen("reducedAccomplishment")),
        (35.0.into(), 20.0.into(), 23.0.into())
    );
    assert_eq!((seen("score"), seen("burnoutLevel"), seen("profile")), (78.0.into(), "high".into(), "burnout".into()));
    assert_eq!(seen("answers"), Value::Object(answers));
    assert_eq!(seen("userId"), me.body["id"]);

    // 5. History
    let history = client.get("/api/assessment/history");
    assert_eq!((history.status, &history.body["total"]), (200, &1.into()));
    assert_eq!(history.body["assessments"][0], made.body);
    assert_eq!(client.get(&format!("/api/assessment/{}", made.body["id"])).body, made.body);

    // 6. Recommendations
    let list = client.get("/api/recommendations");
    assert_eq!((list.status, &list.body["total"]), (200, &7.into()));
    let first = list.body["recommendations"][0].clone();
    assert_eq!((&first["completed"], &first["priority"]), (&false.into(), &"high".into()));
    let path = format!("/api/recommendations/{}", first["id"]);
    assert_eq!(client.get(&path).body, first);

    // 7. Mark one done
    let done = client.send("POST", &format!("{path}/complete"), &[], None);
    assert_eq!((done.status, &done.body["completed"]), (200, &true.into()));
    assert_eq!(client.send("POST", &format!("{path}/complete"), &[], None).body, done.body);
    assert_eq!(client.get("/api/auth/me").body["completedRecommendations"], 1);
    let open = client.send("POST", &format!("{path}/incomplete"), &[], None);
    assert_eq!(open.body, first);

    // 8. Metrics
    let pulse = json!({ "burnout": 65.4, "stress": 70, "productivity": 55 });
    let saved = client.post("/api/dashboard/metrics", &pulse);
    assert_eq!((saved.status, &saved.body["burnout"]), (201, &65.into()));
    client.post("/api/dashboard/metrics", &json!({ "burnout": 60, "stress": 70, "productivity": 55 }));
    let metrics = client.get("/api/dashboard/metrics");
    assert_eq!((&metrics.body["period"], &metrics.body["total"]), (&"week".into(), &1.into()));
    assert_eq!(metrics.body["metrics"][0]["burnout"], 60);

    // 9. Summary
    let summary = client.get("/api/dashboard/summary").body;
    assert_eq!((&summary["latestAssessment"], &summary["totalAssessments"]), (&made.body, &1.into()));
    assert_eq!(summary["metrics"], metrics.body["metrics"]);

    // And the assistant
    let reply = client.post("/api/ai/chat", &json!({ "message": "Как лучше спать?" }));
    assert_eq!(reply.status, 200);
    assert!(!reply.body["reply"].as_str().unwrap().is_empty());
    assert_eq!(client.get("/api/auth/verify").body["user_id"], me.body["id"]);
}
