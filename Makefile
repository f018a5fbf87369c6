# 组训工具箱：常用命令（make help 列出全部）
# Everything lives in .venv, laid out from requirements.lock; only Python >= 3.11 and make are needed beforehand.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

VENV := .venv
BIN := $(VENV)/bin
LOCKED := $(VENV)/locked
READY := $(VENV)/ready
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input

# The first interpreter that starts, is new enough and can make an environment (a pyenv shim may exist and not start).
FITS := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	"$$p" -c '$(FITS)' >/dev/null 2>&1 && echo "$$p" && break; done)

.PHONY: help demo test lint types layers bench workbooks lock clean

help: ## 列出全部命令
	@awk -F ':[^#]*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# The packages of the lock: anew whenever the lock changes.
$(LOCKED): requirements.lock
	@test -n "$(PYTHON)" || { \
		echo "没有找到可用的 Python 3.11 或更新版本（Debian/Ubuntu 还需安装 python3-venv）；装好后重试，或用 make PYTHON=路径 指定。" >&2; \
		echo "No usable Python >= 3.11 found (Debian/Ubuntu also need python3-venv); install it, or say make PYTHON=path." >&2; \
		exit 1; }
	@echo "正在准备运行环境（只需一次，约一分钟）…" >&2
	@rm -rf $(VENV)
	@"$(PYTHON)" -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

# The project itself, editable: sources are used as they stand, only pyproject.toml is baked in.
$(READY): $(LOCKED) pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY) ## 用样例台账走一遍：检查、填表、算 KPI、诊断
	@$(BIN)/zuxun demo
	@book=$$(ls -t out/*.xlsx 2>/dev/null | head -n 1 || true); test -z "$$book" || echo "填好的台账：$(CURDIR)/$$book"

test: $(READY) ## 运行全部测试
	@$(BIN)/python -m pytest -q -n auto --dist loadfile -m "not bench"

lint: $(READY) ## 代码检查（ruff）
	@$(BIN)/ruff check

types: $(READY) ## 类型检查（mypy strict）
	@$(BIN)/mypy

layers: $(READY) ## 分层检查（import-linter）
	@$(BIN)/lint-imports

bench: $(READY) ## 与普通写法比速度
	@$(BIN)/python -m tests.benches.run

workbooks: $(READY) ## 重新生成 workbooks/ 下的样例和 docs/ 下的清单
	@$(BIN)/python -m zuxun_xl.build

# One lock for Python 3.11 to 3.13 on Linux, Windows and macOS, with hashes and without any index address.
# uv is only needed here; it stands in an environment of its own.
lock: ## 重新生成 requirements.lock（需要联网）
	@scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; \
	"$(PYTHON)" -m venv "$$scratch"; \
	"$$scratch/bin/python" -m pip -qq --disable-pip-version-check install uv; \
	"$$scratch/bin/uv" pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-annotate --no-header pyproject.toml -o requirements.lock

clean: ## 删除运行环境和各种缓存
	@rm -rf $(VENV) build/lib build/bdist.* *.egg-info out
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -path ./.git -prune -o -name __pycache__ -type d -print0 | xargs -0 rm -rf
