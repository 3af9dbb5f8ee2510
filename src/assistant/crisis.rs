//! Words after which help comes first and no model is asked. Pure. It looks
//! for thoughts of suicide, self-harm and violence in the three languages,
//! whichever the page is in. It would rather show help once too often; it
//! knows words, not people, and is no assessment of risk.

use regex::RegexSet;
use std::sync::LazyLock;

/// Patterns over text as [`plain`] leaves it: lower case, single spaces.
const ENGLISH: &[&str] = &[
    r"\b(suicide|suicidal|self harm|selfharm|self injury|overdose|overdosing)\b",
    r"\b(kill|killing|hurt|hurting|harm|harming|cut|cutting|hang|hanging|shoot|shooting|poison|drown) (myself|my self)\b",
    r"\b(end|ending|take|taking) (it all|my (own )?life)\b",
    r"\b(want|wish|like|ready|plan|planning|rather|i'm going|i am going|im going) (to )?(die|be dead|not exist|not be here|not wake up|never wake up)\b",
    r"\bwanna (die|be dead)\b",
    r"\b(do not|don't|dont|no longer|not) (want|wish) to (live|be alive|exist|wake up|go on living)\b",
    r"\b(can't|cant|cannot) go on living\b",
    r"\b(not worth living|no (reason|point) (to live|in living|in being alive))\b",
    r"\b(better off|wish i (was|were)) dead\b|\bbetter off without me\b|\bwish i had never been born\b",
    r"\b(jump|jumping) (off|from|out of|in front of) (a|the|my) (bridge|roof|building|balcony|window|train|car)\b",
    r"\b(kill|murder|stab|shoot|strangle) (him|her|them|everyone|everybody|my (boss|manager|wife|husband|partner|child|children|kids|son|daughter|colleague|coworker)s?)\b",
];
const RUSSIAN: &[&str] = &[
    r"\b(суицид|самоубийств|селфхарм|самоповрежден)\w*",
    r"\bпоконч(ить|у|им|ил|ила) (с собой|со всем этим|с жизнью|жизнь)\b",
    r"\b(не хочу|не хочется|не желаю|незачем|нет смысла|нет сил|надоело|устал|устала|зачем) (больше |дальше )?(жить|существовать|просыпаться)\b",
    r"\bжить (больше |дальше )?(не хочу|не хочется|незачем|надоело|нет смысла|нет сил|невыносимо)\b",
    r"\b(хочу|хочется|мечтаю|готов|готова|хотел бы|хотела бы|лучше|лучше бы) (умереть|сдохнуть|не просыпаться|не проснуться|исчезнуть навсегда)\b",
    r"\b(убить|убью|убиваю|порезать|порежу|режу|ранить|отравить|повесить|застрелить|калечить|покалечить) себя\b",
    r"\bсебя (убить|убью|порезать|порежу|режу|повесить|застрелить|отравить)\b",
    r"\b(повешусь|повеситься|застрелюсь|застрелиться|отравлюсь|утоплюсь|утопиться|выпилиться|выпилюсь)\b",
    r"\b(вскрыть|вскрою|резать|режу|порезать|порежу)( себе)? вены\b",
    r"\bруки на себя\b|\bна себя руки\b|\bсчеты с жизнью\b",
    r"\b(лучше бы|чтобы|чтоб) (я|меня) (умер|умерла|сдох|сдохла|не стало|не было|не родился|не родилась)\b",
    r"\b(всем (будет |станет )?лучше без меня|без меня (всем )?(будет |станет )?лучше)\b",
    r"\b(спрыгнуть|спрыгну|прыгнуть|прыгну|броситься|брошусь|выброситься|выброшусь) (с (крыши|моста|балкона)|из окна|в окно|под (поезд|машину))\b",
    r"\b(убью|убить|зарежу|застрелю|задушу) (его|ее|их|всех|начальник\w*|начальниц\w*|муж\w*|жену|детей|ребенка|коллег\w*)\b",
];
const UKRAINIAN: &[&str] = &[
    r"\b(суїцид|самогуб|селфхарм|самоушкодж|самопошкодж)\w*",
    r"\bпокінч(ити|у|имо|ив|ила) (з собою|із собою|з усім цим|з життям|життя)\b",
    r"\b(не хочу|не хочеться|не бажаю|нема сенсу|немає сенсу|нема сил|немає сил|набридло|втомився|втомилася|навіщо|нащо) (більше |далі )?(жити|існувати|прокидатися|прокидатись)\b",
    r"\bжити (більше |далі )?(не хочу|не хочеться|нема сенсу|немає сенсу|нема сил|немає сил|нема для чого|набридло|нестерпно)\b",
    r"\b(хочу|хочеться|мрію|готовий|готова|хотів би|хотіла б|хотіла би|краще|краще б) (померти|вмерти|здохнути|не прокидатися|не прокинутися|не прокинутись|зникнути назавжди)\b",
    r"\b(вбити|убити|вб'ю|уб'ю|порізати|поріжу|ріжу|поранити|отруїти|повісити|застрелити|калічити|скалічити) себе\b",
    r"\bсебе (вбити|убити|вб'ю|уб'ю|порізати|поріжу|ріжу|повісити|застрелити|отруїти)\b",
    r"\b(повішуся|повішусь|повіситися|повіситись|застрелюся|застрелюсь|застрелитися|отруюся|отруюсь|втоплюся|втоплюсь)\b",
    r"\b(різати|ріжу|порізати|поріжу)( собі)? вени\b",
    r"\bруки на себе\b|\bна себе руки\b|\bвкорот(ити|ю) (собі )?(віку|життя)\b|\bзаподіяти собі\b",
    r"\b(краще б|краще би|щоб|щоби) (я|мене) (помер|померла|вмер|вмерла|не стало|не було|не народився|не народилася)\b",
    r"\b(всім|усім) (буде |стане )?краще без мене\b|\bбез мене (всім |усім )?(буде |стане )?краще\b",
    r"\b(стрибнути|стрибну|зістрибнути|зістрибну|кинутися|кинуся|викинутися|викинуся) (з (даху|мосту|моста|балкона|вікна)|у вікно|під (поїзд|потяг|машину))\b",
    r"\b(вб'ю|уб'ю|вбити|убити|заріжу|застрелю|задушу) (його|її|їх|усіх|всіх|начальник\w*|начальниц\w*|чоловіка|дружину|дітей|дитину|колег\w*)\b",
];

/// Whether somebody may be in danger, judging by the words alone.
pub fn speaks_of_danger(text: &str) -> bool {
    #[expect(clippy::expect_used, reason = "the patterns are part of the binary and a test compiles them")]
    static PATTERNS: LazyLock<RegexSet> = LazyLock::new(|| {
        let all = ENGLISH.iter().chain(RUSSIAN).chain(UKRAINIAN);
        RegexSet::new(all).expect("the patterns are well-formed")
    });
    PATTERNS.is_match(&plain(text))
}

/// Lower case, one kind of apostrophe, and words with single spaces between.
fn plain(text: &str) -> String {
    let letter = |c: char| match c {
        'ё' => 'е',
        '’' | 'ʼ' | '‘' | '`' | '´' => '\'',
        c if c.is_alphanumeric() || c == '\'' => c,
        _ => ' ',
    };
    // What shows nothing splits no word.
    let shown = text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'));
    let letters: String = shown.flat_map(char::to_lowercase).map(letter).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danger_is_heard_in_three_languages() {
        for text in [
            "I want to die",
            "honestly i'd rather be dead",
            "I’ve been thinking about SUICIDE lately.",
            "Sometimes I think about hurting\nmyself",
            "I don’t want to live any more",
            "They would be better off without me",
            "i am going to end   it all",
            "I could kill my boss",
            "Я не хочу жить",
            "Жить больше не хочется...",
            "Думаю покончить с собой",
            "Лучше бы меня не было",
            "хочу умереть",
            "Всё, повешусь",
            "Хочу убить себя",
            "думаю о самоубийстве",
            "Я більше не хочу жити.",
            "Хочу померти",
            "Думаю накласти на себе руки",
            "хочу вкоротити собі віку",
            "Інколи я ріжу себе",
            "Краще б я не прокинувся… всім буде краще без мене",
            "я вб’ю його",
            "sui\u{200b}cide",
            "не хочу, жить",
        ] {
            assert!(speaks_of_danger(text), "{text}");
        }
    }

    #[test]
    fn tiredness_is_not_danger() {
        for text in [
            "This deadline is killing me",
            "I am dead tired and want to sleep",
            "How do I end my working day on time?",
            "My phone died and I missed the call",
            "I cut meetings by half",
            "My laptop is going to die any minute",
            "I cannot go on like this at work",
            "Я очень устал и не хочу идти на работу",
            "Как жить, когда столько задач?",
            "Умираю со скуки на совещаниях",
            "Хочу уволиться",
            "Зачем столько встреч?",
            "Я дуже втомилася і не хочу йти на роботу",
            "Як жити з таким графіком?",
            "Хочу у відпустку",
            "",
        ] {
            assert!(!speaks_of_danger(text), "{text}");
        }
    }
}
