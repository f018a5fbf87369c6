"""The products on sale, all invented, and how a policy of main and rider lines is put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zuxun_xl.build.sample.model import Product

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zuxun_xl.build.sample.dice import Dice

_LONG_TERM = {10: 25, 15: 30, 20: 36, 30: 36}

MAIN_PRODUCTS: tuple[Product, ...] = (
    Product("康泰守护重大疾病保险", "健康险", is_main=True, rates=_LONG_TERM, low=3200, high=10800, step=10),
    Product("岁岁丰年年金保险", "年金险", is_main=True, rates={1: 3, 3: 10, 5: 14, 10: 22}, low=5000, high=24000, step=1000),
    Product("金穗传家终身寿险", "终身寿险", is_main=True, rates={3: 12, 5: 16, 10: 25}, low=4000, high=15000, step=500),
    Product("学有所成两全保险", "两全险", is_main=True, rates={10: 22, 15: 28}, low=2800, high=8600, step=10),
    Product("出行无忧意外伤害保险", "意外险", is_main=True, rates={1: 20}, low=120, high=680, step=10),
    Product("安心定期寿险", "定期寿险", is_main=True, rates={10: 25, 20: 34}, low=680, high=2400, step=10),
)
_RIDERS: tuple[Product, ...] = (
    Product("附加住院费用医疗保险", "医疗险", is_main=False, rates={1: 15}, low=180, high=760, step=1),
    Product("附加意外伤害医疗保险", "意外险", is_main=False, rates={1: 15}, low=90, high=380, step=1),
)
_WAIVER = Product("附加豁免保险费保险", "健康险", is_main=False, rates={**_LONG_TERM, 3: 12, 5: 16}, low=80, high=520, step=1)
_RIDER_CHANCE = 38
_WAIVER_CHANCE = 22


class Quote(NamedTuple):
    """One line of a policy before it has a number."""

    product: Product
    years: int
    premium: int


def quote_policy(dice: Dice, weights: Sequence[int]) -> list[Quote]:
    """Draw a main line and its riders."""
    main = _quote(dice, dice.weighted(MAIN_PRODUCTS, weights))
    lines = [main]
    lines += [_quote(dice, rider) for rider in _RIDERS if dice.happens(_RIDER_CHANCE)]
    if main.years > 1 and dice.happens(_WAIVER_CHANCE):
        lines.append(Quote(_WAIVER, main.years, _premium(dice, _WAIVER)))
    return lines


def product_named(name: str) -> Product:
    """Return the main product of that name."""
    return next(product for product in MAIN_PRODUCTS if product.name == name)


def _quote(dice: Dice, product: Product) -> Quote:
    years = dice.one(sorted(product.rates))
    return Quote(product, years, _premium(dice, product))


def _premium(dice: Dice, product: Product) -> int:
    return dice.between(product.low // product.step, product.high // product.step) * product.step
