"""Personal data in a text: which kinds are there, never what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Scripts that put words beside a number without a space; what is no letter of them ends one.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af"
_LETTER = rf"(?:(?![{_UNSPACED}])\w)"
_OTHER_DIGITS = "۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩０１２３４５６７８９"
_WESTERN = str.maketrans(f"{_OTHER_DIGITS}－−＋", f"{'0123456789' * 3}--+")
_DIGIT = re.compile(f"[0-9{_OTHER_DIGITS}]")
# An address of a firm's desk is no person's.
_EMAIL = re.compile(
    rf"(?<!{_LETTER})(?<![.+-])(?!(?:info|support|help|contact|sales|hello|office|service|press"
    rf"|jobs|no-?reply)@)(?:{_LETTER}|[.+-]){{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{2,63}}){{1,4}}",
    re.IGNORECASE,
)
_IBAN = re.compile(
    r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)", re.I | re.A
)
_NUMBER = re.compile(
    rf"(?<!{_LETTER})(?<![.,@#/])(?:\+ ?)?\(?\d(?:[ ().‑–\-]{{0,2}}\d){{7,24}}(?!{_LETTER})"
)
_PRICE = re.compile(
    r" ?(?:[$€£¥₺₽₹₩﷼]|(?:eur|usd|tl|try|lei|ron|rub|rp|idr|kr|toman|rial)(?!\w)"
    r"|تومان|تومن|ریال|ريال|دينار|جنيه|درهم|руб|円|圓|元|원|บาท)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?<!\d)\d{1,2}([./-])\d{1,2}\1(?:19|20|1[34])\d\d|(?:19|20|1[34])\d\d[./-]\d\d?[./-]\d"
)
# What is said right before a number of something bought or sent.
_OF_AN_ORDER = re.compile(
    r"(?:order|track|parcel|invoice|ticket|case|ref|serial|imei|isbn|model|sipari[sş]|kargo|takip"
    r"|fatura|comand|colet|factur|awb|bestell|sendung|rechnung|pedido|factura|commande|facture"
    r"|colis|ordine|fattura|spedizione|encomenda|pesanan|resi|заказ|трек|накладн|счет"
    r"|سفارش|پیگیری|رهگیری|مرسوله|فاکتور|تیکت|پستی|سریال|طلب|شحنة|فاتورة|تتبع|注文|追跡|伝票|受付"
    r"|会員番|管理番|製造番|シリアル|訂單|订单|單號|单号|快递|주문|송장|운송장|คำสั่งซื้อ|พัสดุ|№)",
    re.IGNORECASE,
)
# Said after that, the number is a telephone's all the same.
_OF_A_PHONE = re.compile(
    r"(?:call|phone|\btel|mobile|whats ?app|viber|telefon|telefoon|\bara|num[aă]rul meu|sun[aă]"
    r"|\bcel|llam|appel|chiam|ligue|ruf|handy|звон|телефон|тел\.|تماس|زنگ|تلفن|موبایل|شماره‌ام"
    r"|شماره من|اتصل|جوال|هاتف|واتس|電話|携帯|でんわ|电话|手机|전화|휴대폰|โทร)",
    re.IGNORECASE,
)
_MANY_DIGITS = re.compile(r"\d[^\w\n]{0,2}\d[^\w\n]{0,2}\d[^\w\n]{0,2}\d")
_PERSIAN = re.compile("[\u0600-\u06ff]")
# National shapes of telephone numbers without the country's code.
_LOCAL_PHONE = re.compile(
    r"0[1-9]\d{7,10}"  # a trunk 0: most of Europe, Iran, Turkey, Romania, Japan, Indonesia
    r"|8[3-9]\d{9}"  # Russia
)
_GROUPED_PHONE = re.compile(
    r"\(\d{2,4}\) ?\d{3,5}[ -]?\d{2,4}(?:[ -]?\d{2})?"  # an area code in brackets
    r"|\d{3}[-.]\d{3}[-.]\d{4}"  # North America
    r"|5\d\d \d{3} \d\d ?\d\d"  # Turkey
    r"|8 ?\(\d{3}\) ?\d{3}[ -]?\d\d[ -]?\d\d"  # Russia
)


def personal_data(text: str) -> list[str]:
    """The kinds of personal data in a text, in words; a number of an order or a price is none."""
    kinds = []
    if "@" in text and _EMAIL.search(text):
        kinds.append("an e-mail address")
    if _DIGIT.search(text) and _MANY_DIGITS.search(text):
        text = text.translate(_WESTERN)
        if any(map(_is_iban, _IBAN.findall(text))):
            kinds.append("a bank account number")
        kinds += _numbers(text)
    return list(dict.fromkeys(kinds))


def _numbers(text: str) -> Iterator[str]:
    for found in _NUMBER.finditer(text):
        written = found[0].strip()
        said_before = re.split(r"[\d\n]", text[max(found.start() - 30, 0) : found.start()])[-1]
        if _DATE.search(written) or _PRICE.match(text, found.end()):
            continue
        if _last(_OF_A_PHONE, said_before) >= _last(_OF_AN_ORDER, said_before):
            yield from _kind_of_number(written, text)


def _last(said: re.Pattern[str], text: str) -> int:
    """Where the last of what is said ends; -1 if nothing of it is."""
    return max((found.end() for found in said.finditer(text)), default=-1)


def _kind_of_number(written: str, text: str) -> Iterator[str]:
    digits = re.sub(r"\D", "", written)
    if _is_card(digits):
        yield "a card number"
    elif digits == written and _is_national_id(digits, bool(_PERSIAN.search(text))):
        yield "a national identity number"
    elif _is_phone(written, digits):
        yield "a telephone number"


def _is_phone(written: str, digits: str) -> bool:
    if written.startswith("+") or digits.startswith("00"):
        return 9 <= len(digits.removeprefix("00")) <= 15 and not digits.startswith("000")
    return bool(_LOCAL_PHONE.fullmatch(digits) or _GROUPED_PHONE.fullmatch(written))


def _is_iban(written: str) -> bool:
    packed = written.replace(" ", "").upper()
    turned = packed[4:] + packed[:4]
    return 15 <= len(packed) <= 34 and int("".join(str(int(s, 36)) for s in turned)) % 97 == 1


def _is_card(digits: str) -> bool:
    """15 or 16 digits of a card scheme with a right check digit (Luhn)."""
    if len(digits) not in (15, 16) or digits[0] not in "23456" or len(set(digits)) == 1:
        return False
    doubled = [int(d) * (1 + index % 2) for index, d in enumerate(digits[::-1])]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _is_national_id(digits: str, persian: bool) -> bool:
    """Ten digits of Iran (in a Persian text), eleven of Turkey, thirteen of Romania, checked."""
    if len(set(digits)) < 3:
        return False
    check = {10: _iranian, 11: _turkish, 13: _romanian}.get(len(digits))
    return check is not None and (check is not _iranian or persian) and check(digits)


def _iranian(digits: str) -> bool:
    rest = sum(int(d) * (10 - index) for index, d in enumerate(digits[:9])) % 11
    return int(digits[9]) == (rest if rest < 2 else 11 - rest)


def _turkish(digits: str) -> bool:
    n = [int(d) for d in digits]
    tenth = (sum(n[0:9:2]) * 7 - sum(n[1:8:2])) % 10
    return n[0] != 0 and n[9] == tenth and n[10] == sum(n[:10]) % 10


def _romanian(digits: str) -> bool:
    rest = sum(int(d) * int(w) for d, w in zip(digits, "279146358279", strict=False)) % 11
    month, day = int(digits[3:5]), int(digits[5:7])
    plausible = digits[0] != "0" and 1 <= month <= 12 and 1 <= day <= 31
    return plausible and int(digits[12]) == (1 if rest == 10 else rest)
