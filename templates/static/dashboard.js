/*
 * Keeps the numbers of the dashboard fresh, in place: rows never move, and
 * what came or went is only told.  The page is whole without it.
 *
 * data-live="a/b" shows the member a/b of the JSON as text, data-live-x and
 * the like set the attribute x.  In lists, a name is the id of an item.
 */
'use strict';

(function () {
	const EVERY_MS = 5000;
	const SECOND_MS = 1000;
	const MINUTE_S = 60;
	const QUIET_MS = 30000; /* between two announcements of a number */
	const ATTRIBUTES = ['x', 'width', 'points', 'class'];
	const box = document.getElementById('live');

	if (!box || !window.fetch)
		return;

	const age = document.getElementById('live-age');
	const status = document.getElementById('live-status');
	const pause = document.getElementById('live-pause');
	const number = new Intl.NumberFormat('ja-JP');
	let paused = false, busy = false;
	let fresh = Date.now(), said = 0, unanswered = '';

	function text(node, value) {
		if (node.textContent !== value)
			node.textContent = value;
	}

	function say(value, trouble) {
		status.classList.toggle('trouble', trouble === true);
		text(status, value);
	}

	/* Flattens the document to paths, as the page writes them. */
	function collect(values, path, node) {
		if (node === null || typeof node !== 'object') {
			values.set(path, node);
			return;
		}
		for (const key of Object.keys(node)) {
			const item = node[key];
			const name = Array.isArray(node) ?
				(item.id || item.broadcast) : key;

			collect(values, path === '' ? name : path + '/' + name, item);
		}
	}

	function update(values) {
		document.querySelectorAll('[data-live]').forEach(function (node) {
			const value = values.get(node.dataset.live);

			if (typeof value === 'number')
				text(node, number.format(value));
			else if (typeof value === 'string')
				text(node, value);
		});
		for (const name of ATTRIBUTES) {
			document.querySelectorAll('[data-live-' + name + ']')
				.forEach(function (node) {
				const value = values.get(
					node.getAttribute('data-live-' + name));

				if (typeof value === 'string' &&
				    node.getAttribute(name) !== value)
					node.setAttribute(name, value);
			});
		}
	}

	/* A changed number is told to who cannot see it, and not too often. */
	function announce(doc) {
		const now = doc.broadcasts.map(function (b) {
			return '未回答 ' + number.format(b.unanswered) + ' 人';
		}).join('、');

		if (doc.key !== box.dataset.key)
			say('表示していない項目があります。「最新の数を表示」を押してください。');
		else if (now !== unanswered && unanswered !== '' &&
			 Date.now() - said >= QUIET_MS) {
			say(now);
			said = Date.now();
		} else if (status.classList.contains('trouble'))
			say('');
		unanswered = now;
	}

	async function load() {
		const response = await fetch(box.dataset.url, {
			headers: { Accept: 'application/json' },
			credentials: 'same-origin',
			redirect: 'error',
		});
		const values = new Map();

		if (!response.ok)
			throw new Error(String(response.status));
		const doc = await response.json();

		collect(values, '', doc);
		update(values);
		fresh = Date.now();
		announce(doc);
	}

	async function refresh() {
		if (paused || busy || document.hidden)
			return;
		busy = true;
		try {
			await load();
		} catch (e) {
			say('更新できません。表示しているのは前の数です。', true);
		}
		busy = false;
		tick();
	}

	function tick() {
		const seconds = Math.round((Date.now() - fresh) / SECOND_MS);

		if (seconds < MINUTE_S)
			text(age, seconds + ' 秒前');
		else
			text(age, Math.floor(seconds / MINUTE_S) + ' 分前');
	}

	pause.addEventListener('click', function () {
		paused = !paused;
		text(pause, paused ? '自動更新を再開する' : '自動更新を止める');
		say(paused ? '自動更新を止めました。' : '自動更新を再開しました。');
		refresh();
	});
	pause.hidden = false;
	document.addEventListener('visibilitychange', refresh);
	setInterval(refresh, EVERY_MS);
	setInterval(tick, SECOND_MS);
	tick();
}());
