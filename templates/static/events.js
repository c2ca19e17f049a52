/*
 * What changes by itself: the queue of /events, and the clock and counts of an
 * event whose check was sent.  The part with data-refresh (seconds) asks for
 * its page again and shows the new one if it changed, unless somebody is just
 * using the old one.  Without script the page is complete; one reloads it.
 */
'use strict';

(function () {
	const part = document.querySelector('[data-refresh]');
	const failuresMost = 2; // in a row; then people are told
	let pending = false;
	let failures = 0;

	if (!part)
		return;

	function isUsed() {
		return part.contains(document.activeElement) ||
			part.querySelector('details[open]');
	}

	function show(page) {
		const fresh = page.getElementById(part.id);

		if (!fresh || fresh.innerHTML === part.innerHTML || isUsed())
			return;
		part.replaceChildren(...fresh.childNodes);
		document.title = page.title;
	}

	// A queue that looks quiet because nobody asks any more is a danger.
	function tell() {
		if (document.getElementById('stopped'))
			return;
		const words = document.createElement('p');
		words.id = 'stopped';
		words.className = 'error-note';
		words.setAttribute('role', 'alert');
		words.textContent = '自動更新が止まっています。' +
			'ページを開き直してください。';
		part.before(words);
	}

	async function refresh() {
		if (pending || document.hidden)
			return;
		pending = true;
		try {
			const reply = await fetch(location.href, {
				credentials: 'same-origin',
				redirect: 'error',
			});

			if (!reply.ok)
				throw new Error(reply.status);
			show(new DOMParser().parseFromString(
				await reply.text(), 'text/html'));
			failures = 0;
			document.getElementById('stopped')?.remove();
		} catch (e) {
			failures++;
			if (failures >= failuresMost)
				tell();
		}
		pending = false;
	}

	setInterval(refresh, Number(part.dataset.refresh) * 1000);
	document.addEventListener('visibilitychange', refresh);
}());
