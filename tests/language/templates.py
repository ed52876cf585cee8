"""Key-result sentences of our own in eight languages with places for numbers and units: what is said is known."""

from __future__ import annotations

from collections.abc import Iterator

TEMPLATES: dict[str, tuple[str, ...]] = {
    "en": (
        "Raise weekly sign-ups from {a} to {b} {thing}",
        "Cut the queue from {a} min to {b} min",
        "Bring spending per order down to {money}{b}, currently {money}{a}",
        "Grow the newsletter by {a} {thing}",
        "Lower hosting costs by {money}{a}",
        "Increase repeat orders by {a} %",
        "Win {a} {thing}",
        "Keep the answer time below {a} ms",
        "Book at least {money}{a} in renewals",
    ),
    "de": (
        "Die Zahl der Anmeldungen von {a} auf {b} {thing} steigern",
        "Wartezeit von {a} min auf {b} min senken",
        "Kosten je Auftrag auf {b} {money} senken, derzeit {a} {money}",
        "Den Verteiler um {a} {thing} vergrößern",
        "Die Mietkosten um {a} {money} senken",
        "Wiederkäufe um {a} % steigern",
        "{a} {thing} gewinnen",
        "Antwortzeit unter {a} ms halten",
    ),
    "fr": (
        "Faire passer les inscriptions de {a} à {b} {thing}",
        "Réduire l'attente de {a} min à {b} min",
        "Augmenter le panier moyen de {a} {money} à {b} {money}",
        "Baisser les frais de {a} {money}",
        "Augmenter les commandes de {a} %",
        "Obtenir {a} {thing}",
        "Maintenir le temps de réponse sous {a} ms",
    ),
    "es": (
        "Aumentar las altas de {a} a {b} {thing}",
        "Reducir la espera de {a} min a {b} min",
        "Subir el pedido medio de {a} {money} a {b} {money}",
        "Aumentar los pedidos un {a} %",
        "Conseguir {a} {thing}",
        "Mantener el tiempo de respuesta por debajo de {a} ms",
    ),
    "pt": (
        "Aumentar os cadastros de {a} para {b} {thing}",
        "Reduzir a espera de {a} min para {b} min",
        "Elevar o pedido médio de {money} {a} para {money} {b}",
        "Aumentar os pedidos em {a} %",
        "Conquistar {a} {thing}",
        "Manter o tempo de resposta abaixo de {a} ms",
    ),
    "zh": (
        "将每周注册量从 {a} {thing}提高到 {b} {thing}",
        "把排队时间从 {a} 分钟缩短到 {b} 分钟",
        "把获客成本从 {a} {money}降到 {b} {money}",
        "复购订单提升 {a}%",
        "新增 {a} {thing}",
        "响应时间保持在 {a} 毫秒以内",
        "差旅费减少 {a} {money}",
    ),
    "ja": (
        "登録数を{a}{thing}から{b}{thing}に増やす",
        "待ち時間を{a}分から{b}分に短縮する",
        "注文単価を{a}{money}から{b}{money}に引き上げる",
        "再注文を{a}%増やす",
        "応答時間を{a}ミリ秒以下に保つ",
    ),
    "ko": (
        "가입자를 {a}{thing}에서 {b}{thing}으로 늘린다",
        "대기 시간을 {a}분에서 {b}분으로 줄인다",
        "평균 주문액을 {a}{money}에서 {b}{money}으로 올린다",
        "재주문을 {a}% 늘린다",
        "응답 시간을 {a}밀리초 이하로 유지한다",
    ),
}
THINGS: dict[str, tuple[str, ...]] = {
    "en": ("members", "orders", "visitors"),
    "de": ("Mitglieder", "Bestellungen", "Besucher"),
    "fr": ("membres", "commandes", "visiteurs"),
    "es": ("miembros", "pedidos", "visitantes"),
    "pt": ("membros", "pedidos", "visitantes"),
    "zh": ("个", "人", "家"),
    "ja": ("人", "件", "社"),
    "ko": ("명", "건", "곳"),
}
MONEY: dict[str, dict[str, str]] = {
    "en": {"$": "USD", "€": "EUR", "£": "GBP"},
    "de": {"Euro": "EUR", "CHF": "CHF", "US-Dollar": "USD"},
    "fr": {"euros": "EUR", "€": "EUR", "CHF": "CHF"},
    "es": {"euros": "EUR", "€": "EUR", "USD": "USD"},
    "pt": {"R$": "BRL", "€": "EUR", "US$": "USD"},
    "zh": {"元": "CNY", "美元": "USD", "欧元": "EUR"},
    "ja": {"円": "JPY", "ドル": "USD", "ユーロ": "EUR"},
    "ko": {"원": "KRW", "달러": "USD", "유로": "EUR"},
}


def every_template() -> Iterator[tuple[str, str]]:
    """Language and template, one by one."""
    for language, templates in TEMPLATES.items():
        for template in templates:
            yield language, template


def filled(language: str, template: str, a: int, b: int, thing: str = "", money: str = "") -> str:
    """The sentence with its numbers, and with the first thing and currency of the language where none is given."""
    thing = thing or THINGS[language][0]
    money = money or next(iter(MONEY[language]))
    return template.format(a=a, b=b, thing=thing, money=money)
